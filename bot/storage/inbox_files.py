"""The files of the inbox: their names, the content that they had before, and how they are saved."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePath

from retrieval.errors import StoreError
from retrieval.readers.fields.correction import Correction, correction_path
from retrieval.readers.post import titled
from retrieval.text.canonical import clean

_STEM = 80  # characters: with every letter of three bytes still a name that file systems take
_PACKED = (".gz", ".xz")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def safe_name(name: str) -> str:
    """Return a name for a file that leads to no other folder and hides none; the suffix stays."""
    path = PurePath(_NOT_IN_A_NAME.sub("-", clean(name)).strip("-.") or "-")
    suffix = _suffix(path)
    stem = path.name.removesuffix(suffix)[:_STEM].rstrip("-.")
    return f"{stem or 'telegram'}{suffix}"


def text_as_file(text: str, written: datetime, source: str) -> tuple[str, bytes]:
    """Return name and content of the file for a message; of each *source* there is one, whatever it says."""
    title, body = titled(text)
    row = {"title": title, "text": body, "date": written.isoformat()}
    return text_name(source), json.dumps(row, ensure_ascii=False).encode()


def text_name(source: str) -> str:
    """Return the name of the file for the message that *source* names."""
    return f"tin-{hashlib.sha256(source.encode()).hexdigest()[:16]}.jsonl"


def _suffix(path: PurePath) -> str:
    return "".join(path.suffixes[-2:] if path.suffix.lower() in _PACKED else path.suffixes[-1:])


def free_path(path: Path) -> Path:
    """Return a path like *path* at which there is nothing yet."""
    suffix, number = _suffix(path), 2
    while (free := path.with_name(f"{path.name.removesuffix(suffix)}-{number}{suffix}")).exists():
        number += 1
    return free


def path_before(path: Path) -> Path:
    """Return where the version before that of *path* is kept, hidden."""
    return path.with_name(f".{path.name}.before")


def saved_content(path: Path) -> bytes | None:
    """Return what stands at *path*; None if nothing does. Raises ``StoreError``."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def save_content(path: Path, content: bytes) -> None:
    """Save *content* at *path*, whole or not at all. Raises ``StoreError``."""

    def save() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden, so that no reload meets half a file.
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)

    saving_to(path, save)


def saving_to(path: Path, save: Callable[[], None]) -> None:
    """Run *save*, which writes beside *path*. Raises ``StoreError`` if the disk refuses."""
    try:
        save()
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def put_back(path: Path, before: bytes | None, correction: Correction) -> None:
    """Make *path* and its correction what they were *before*."""
    if before is None:
        path.unlink(missing_ok=True)
        correction_path(path).unlink(missing_ok=True)
    else:
        save_content(path, before)
        if correction != Correction():
            correction.save(path)
