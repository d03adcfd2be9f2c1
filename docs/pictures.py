"""Draw the README's pictures: what somebody asks, and the golden message that answers it.

    python -m docs.pictures

writes ``docs/pictures/``; a test holds the files against the golden messages of now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs import lines
from docs.bubble import Bubble, bubble
from docs.canvas import Canvas
from docs.message import Message, read
from docs.theme import DARK, LIGHT, Theme

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
FOLDER = ROOT / "docs" / "pictures"

WIDTH = 420  # pixels
_HEADER = 58
_MARGIN = 12
_NAME = "Hỏi Báo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A question and its answer."""

    name: str
    title: str
    asked: str
    golden: str  # the name of the golden message
    time: str


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
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, svg in drawn().items():
        (FOLDER / name).write_text(svg, encoding="utf-8")


def drawn() -> dict[str, str]:
    """Return every picture in both themes, by the name of its file; all are as high as the highest."""
    height = max(_height(_conversation(picture)) for picture in PICTURES)
    return {
        f"{picture.name}.{theme.name}.svg": _draw(picture, theme, height)
        for picture in PICTURES
        for theme in (LIGHT, DARK)
    }


def _answer(picture: Picture) -> Message:
    return read((GOLDEN / f"{picture.golden}.txt").read_text(encoding="utf-8"))


def _conversation(picture: Picture) -> tuple[Bubble, Bubble]:
    asked = read(picture.asked)
    return bubble(asked, picture.time, is_own=True), bubble(_answer(picture), picture.time)


def _height(bubbles: tuple[Bubble, ...]) -> int:
    return round(_HEADER + _MARGIN + sum(spoken.whole_height + _MARGIN for spoken in bubbles))


def _draw(picture: Picture, theme: Theme, height: int) -> str:
    bubbles = _conversation(picture)
    canvas = Canvas()
    y = float(height - _height(bubbles) + _HEADER + _MARGIN)  # the newest message is at the bottom
    for spoken in bubbles:
        x = WIDTH - _MARGIN - spoken.width if spoken.is_own else _MARGIN
        spoken.draw(canvas, x, y)
        y += spoken.whole_height + _MARGIN
    _draw_header(canvas)
    return canvas.svg((WIDTH, height), theme, picture.title, "\n".join(_read_out(picture)))


def _draw_header(canvas: Canvas) -> None:
    canvas.box("header", (0, 0), WIDTH, _HEADER, 0)
    canvas.add(f'<circle class="avatar" cx="36" cy="{_HEADER / 2:g}" r="19"/>')
    initials = lines.line("HB", "white", "bold")
    canvas.text(initials, (36 - initials.width(14) / 2, _HEADER / 2 + 5), 14)
    canvas.text(lines.line(_NAME, "text", "bold"), (66, 27), 15)
    canvas.text(lines.line("bot", "time"), (66, 44), 12.5)


def _read_out(picture: Picture) -> Iterator[str]:
    answer = _answer(picture)
    yield f"Bạn: {picture.asked}"
    yield f"{_NAME}: {answer.text}"
    for row in answer.rows:
        yield " ".join(f"[{button.text}]" for button in row)


if __name__ == "__main__":
    main()
