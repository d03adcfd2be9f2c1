"""The inbox: files and texts that admins send over Telegram become files among the articles."""

import hashlib
import json
import re
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePath

from retrieval.collection.collection import Collection
from retrieval.collection.report import Report, Step
from retrieval.errors import StoreError
from retrieval.text.canonical import clean, without_accents

_STEM = 80  # characters: with every letter of three bytes still a name that file systems take
_SLUG = 50
_PACKED = (".gz", ".xz")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


class Inbox:
    """The folder ``telegram`` below that of the articles. Threads may share it; one at a time is let in."""

    def __init__(self, collection: Collection, articles_dir: Path) -> None:
        self._collection = collection
        self._folder = articles_dir / "telegram"
        self._turn = threading.Lock()

    def take(self, name: str, content: bytes, progress: Callable[[Step], None]) -> Report:
        """Save *content* under the safe form of *name*, replacing an earlier one, and read it in.

        If nothing of it goes in (``went_in``), or this raises, the folder is left as it was. Raises as
        ``Collection.reload``.
        """
        path = self._folder / safe_name(name)
        with self._turn:
            before = _saved(path)
            try:
                _save(path, content)
                report = self._collection.reload([path], progress=progress)
            except BaseException:
                _put_back(path, before)
                raise
            if not went_in(report):
                _put_back(path, before)
            return report


def went_in(report: Report) -> bool:
    """Tell whether any article of the file is in the collection now."""
    return report.added + report.updated + report.unchanged > 0


def safe_name(name: str) -> str:
    """Return a name for a file that leads to no other folder and hides none; the suffix stays."""
    path = PurePath(_NOT_IN_A_NAME.sub("-", clean(name)).strip("-.") or "-")
    suffixes = path.suffixes[-2:] if path.suffix.lower() in _PACKED else path.suffixes[-1:]
    suffix = "".join(suffixes)
    stem = path.name.removesuffix(suffix)[:_STEM].rstrip("-.")
    return f"{stem or 'telegram'}{suffix}"


def as_file(text: str, written: datetime) -> tuple[str, bytes]:
    """Return name and content of the file for a message: its first line is the title, unless it is all.

    The same title gives the same name, so that a corrected text takes the place of the first one.
    """
    title, _, body = clean(text).partition("\n")
    title, body = (title, body) if body else ("", title)
    row = {"title": title, "text": body, "date": written.isoformat()}
    named = title or body
    slug = _NOT_IN_A_SLUG.sub("-", without_accents(named).lower())[:_SLUG].strip("-")
    digest = hashlib.sha256(named.encode()).hexdigest()[:8]
    return f"{slug or 'telegram'}-{digest}.jsonl", json.dumps(row, ensure_ascii=False).encode()


def _saved(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def _save(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden, so that no reload meets half a file.
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        _save(path, before)
