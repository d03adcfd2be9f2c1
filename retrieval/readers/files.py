"""The files of a source: which there are, and what each one is to its article."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from retrieval.errors import ReadError

MAX_BYTES = 5 * 1024 * 1024  # of a file that holds one article, and of one row of JSON lines


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a source, with what its articles take where they do not say it themselves."""

    path: Path
    source: Path  # the folder that was walked, or this very file
    language: str  # BCP 47; where the text does not show it
    timezone: ZoneInfo  # of dates that name none
    origin: str = field(init=False)  # the absolute path, as text that can be stored and printed

    def __post_init__(self) -> None:
        # Looked up once for all rows. Path.resolve() raises where links lead in a circle; such a file must
        # still be named.
        object.__setattr__(self, "origin", _printable(os.path.realpath(self.path)))

    @property
    def id(self) -> str:
        """The id of an article that brings none: the same wherever the source folder lies.

        It is the name of the source folder and the way from there, with ``/`` on every system.
        """
        folder = Path(os.path.abspath(self.source))
        if os.path.abspath(self.path) == str(folder):
            folder = folder.parent
        way = Path(os.path.relpath(self.path, folder)).as_posix()
        # Some file systems hand out NFD names; the same file keeps its id when it moves between them.
        return unicodedata.normalize("NFC", _printable(f"{folder.name}/{way}"))

    def check(self) -> None:
        """Raise ``ReadError`` unless this is a regular file: opening a pipe could wait for ever."""
        try:
            mode = self.path.stat().st_mode
        except OSError as error:
            raise ReadError.unopened(self.origin, error) from error
        if stat.S_ISDIR(mode):
            raise ReadError(self.origin, "the folder cannot be opened")
        if not stat.S_ISREG(mode):
            raise ReadError(self.origin, "not a regular file")

    def load(self) -> bytes:
        """Return the whole content.

        Raises ``ReadError`` where it cannot be opened, is empty, or has more than ``MAX_BYTES``; never
        holds more than that in memory.
        """
        try:
            with self.path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise ReadError.unopened(self.origin, error) from error
        if not content:
            raise ReadError(self.origin, "empty")
        if len(content) > MAX_BYTES:
            raise ReadError(self.origin, "larger than {size} MB", size=MAX_BYTES // 1024**2)
        return content


def discover(source: Path) -> Iterator[Path]:
    """Yield the files of *source* in sorted order: itself if it is a file, else all that lie below it.

    Hidden files and folders (``.name``) are skipped, and what editors and systems leave beside a file.
    Symbolic links are followed, each folder and each file once. What cannot be opened is yielded too, so
    that reading it gives the reason. Raises ``ReadError`` where
    *source* itself is not there or cannot be reached.
    """
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReadError(_printable(str(source)), "no such file or folder") from error
    except OSError as error:
        raise ReadError.unopened(_printable(str(source)), error) from error
    return _walk(source) if source.is_dir() else iter([source])


def _walk(source: Path) -> Iterator[Path]:
    visited: set[str] = set()
    files: dict[Path, str] = {}  # → where it really lies
    closed: list[Path] = []
    walk = os.walk(source, followlinks=True, onerror=lambda error: closed.append(Path(error.filename)))
    for folder, subfolders, names in walk:
        real = os.path.realpath(folder)
        if real in visited:
            subfolders.clear()
            continue
        visited.add(real)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        files |= {Path(folder, name): os.path.join(real, name) for name in sorted(names) if _is_wanted(name)}
    yield from _each_once(files)
    yield from closed


def _each_once(files: dict[Path, str]) -> Iterator[Path]:
    """Yield the files without links to one of them, or to what another link leads to."""
    links = {path: os.path.realpath(path) for path in files if os.path.islink(path)}
    taken = {place for path, place in files.items() if path not in links}
    for path in files:
        if path not in links:
            yield path
        elif links[path] not in taken:
            taken.add(links[path])
            yield path


def _is_wanted(name: str) -> bool:
    is_left_over = name.startswith((".", "~$")) or name.endswith(("~", ".bak"))
    return not is_left_over and name.lower() not in {"thumbs.db", "desktop.ini"}


def _printable(path: str) -> str:
    """Return *path* with undecodable bytes of its name written out: a database takes no lone surrogate."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
