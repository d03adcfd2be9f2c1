"""Draw the README's pictures: what somebody asks, and the golden message that answers it.

    python -m docs.pictures

renders each page with Chromium into ``docs/pictures/``, and notes in ``SOURCES`` what the pictures show, so
that a test can tell without a browser whether they are still true. On Debian:

    apt install chromium fonts-inter fonts-noto-color-emoji
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from docs.message import read
from docs.page import STYLE, TEMPLATE, page

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
FOLDER = ROOT / "docs" / "pictures"
SOURCES = FOLDER / "SHA256SUMS"  # as sha256sum writes it, from the project's root

THEMES = ("light", "dark")
SIZE = (400, 686)  # CSS pixels
_DOTS = 2  # of the picture for each CSS pixel: what most screens have
_COLOURS = 256

_BROWSER = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A question and its answer."""

    name: str
    title: str
    asked: str
    golden: str  # the name of the golden message
    time: str

    @property
    def source(self) -> Path:
        """Return the file of the golden message."""
        return GOLDEN / f"{self.golden}.txt"

    def page(self, theme: str) -> str:
        """Return the page that is drawn."""
        answer = read(self.source.read_text(encoding="utf-8"))
        return page(title=self.title, asked=read(self.asked), answer=answer, time=self.time, theme=theme)

    def file(self, theme: str) -> Path:
        """Return the file that the picture is written to."""
        return FOLDER / f"{self.name}.{theme}.png"


PICTURES = (
    Picture(
        name="greeting",
        title="Bot chào người mới",
        asked="/start",
        golden="greeting.vi",
        time="20:14",
    ),
    Picture(
        name="answer",
        title="Câu trả lời là đoạn trích nguyên văn",
        asked="Làm thẻ mất phí không?",
        golden="answer_first.vi",
        time="20:15",
    ),
    Picture(
        name="article",
        title="Đọc cả bài ngay trong cuộc trò chuyện",
        asked="Làm thẻ mất phí không?",
        golden="article.vi",
        time="20:15",
    ),
    Picture(
        name="nearest",
        title="Chưa có câu trả lời thì bot nói rõ",
        asked="Thẻ xe buýt của học sinh giá bao nhiêu?",
        golden="not_found_nearest.vi",
        time="20:17",
    ),
)


def main() -> None:
    """Draw all pictures, and note what they show."""
    if shutil.which(_BROWSER[0]) is None:
        sys.exit("chromium is missing: apt install chromium fonts-inter fonts-noto-color-emoji")
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        for theme in THEMES:
            _draw(picture.page(theme), picture.file(theme))
    SOURCES.write_text(sums(), encoding="utf-8")


def sums() -> str:
    """Return the SHA-256 of everything that the pictures show, a line a file, as ``sha256sum`` writes it."""
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {_from_root(path)}\n" for path in _sources()
    )


def _sources() -> Iterator[Path]:
    yield TEMPLATE
    yield STYLE
    yield from (picture.source for picture in PICTURES)


def _from_root(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _draw(html: str, file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="hoibao-pictures-") as name:
        folder = Path(name)
        source, shot = folder / "chat.html", folder / "chat.png"
        source.write_text(html, encoding="utf-8")
        options = (
            f"--user-data-dir={folder / 'profile'}",
            f"--window-size={SIZE[0]},{SIZE[1]}",
            f"--force-device-scale-factor={_DOTS}",
            f"--screenshot={shot}",
        )
        subprocess.run([*_BROWSER, *options, source.as_uri()], check=True, capture_output=True)
        with Image.open(shot) as picture:
            # So few colours are enough for a chat, and the file is a fifth as large. Of Pillow's methods only
            # the octree keeps a small emoji's colours.
            few = picture.convert("RGB").quantize(
                _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
            )
            few.save(file, optimize=True)


if __name__ == "__main__":
    main()
