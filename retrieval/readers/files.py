"""The files of a source: which there are, and what each one is to its article."""

import io
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Self, cast
from zoneinfo import ZoneInfo

from retrieval.errors import ReadError

MAX_BYTES = 5 * 1024 * 1024  # of a file of text that holds one article, and of one row of JSON lines
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024  # of a document with its pictures; what Telegram hands to a bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some whole rows of a file that has one article a row."""

    first: int  # the number of the first one, from 1
    start: int  # bytes before it
    size: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a source, with what its articles take if they do not say it themselves."""

    path: Path
    source: Path  # the folder that was walked, or this very file
    language: str  # BCP 47; if the text does not show it
    timezone: ZoneInfo  # of dates that name none
    member: str = ""  # the way to it inside an archive or a letter that lies at the path
    content: bytes | None = field(default=None, repr=False)  # None: it is read from the path
    address: str = ""  # on the web, if it came from there; the path is then only a name
    encoding: str = ""  # of its letters, as whoever sent it declares; "": nobody did
    is_list: bool = False  # its links are wanted, not what it says
    rows: Rows | None = None  # only these are wanted; None: the whole file
    origin: str = field(init=False)  # the address or the absolute path, in a form that can be stored

    def __post_init__(self) -> None:
        # Looked up once for all rows. Path.resolve() raises if links lead in a circle; such a file must
        # still be named.
        inside = f"/{self.member}" if self.member else ""
        place = self.address or _printable(os.path.realpath(self.path))
        object.__setattr__(self, "origin", place + _printable(inside))

    @property
    def id(self) -> str:
        """The id of an article that brings none: the same wherever the source folder lies.

        It is the name of the source folder and the way from there, with ``/`` on every system; of a page its
        address.
        """
        if self.address:
            return self.origin
        folder = Path(os.path.abspath(self.source))
        if os.path.abspath(self.path) == str(folder):
            folder = folder.parent
        way = Path(os.path.relpath(self.path, folder)).as_posix()
        way = f"{way}/{self.member}" if self.member else way
        # Some file systems hand out NFD names; the same file keeps its id when it moves between them.
        return unicodedata.normalize("NFC", _printable(f"{folder.name}/{way}"))

    @property
    def name(self) -> str:
        """Its name, without the folders."""
        return PurePosixPath(self.member).name if self.member else self.path.name

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters: ".docx"."""
        return PurePosixPath(self.name).suffix.lower()

    def holding(self, content: bytes, member: str = "") -> Self:
        """Return the file *member* inside this one, or this one itself with another *content*."""
        inside = f"{self.member}/{member}" if self.member and member else self.member or member
        return replace(self, content=content, member=inside)

    def check(self) -> None:
        """Raise ``ReadError`` unless this is a regular file: opening a pipe could wait for ever."""
        if self.content is not None:
            return
        try:
            mode = self.path.stat().st_mode
        except OSError as error:
            raise ReadError.unopened(self.origin, error) from error
        if stat.S_ISDIR(mode):
            raise ReadError(self.origin, "the folder cannot be opened")
        if not stat.S_ISREG(mode):
            raise ReadError(self.origin, "not a regular file")

    @property
    def place(self) -> Path | io.BytesIO:
        """The thing that libraries open: the path, or the content as a stream."""
        return self.path if self.content is None else io.BytesIO(self.content)

    def open(self) -> io.BufferedReader:
        """Open it for reading. Raises ``OSError``."""
        if self.content is None:
            return self.path.open("rb")
        return io.BufferedReader(cast("io.RawIOBase", io.BytesIO(self.content)))

    def head(self, size: int) -> bytes:
        """Return at most *size* bytes of its beginning. Raises ``ReadError`` if it cannot be opened."""
        try:
            with self.open() as file:
                return file.read(size)
        except OSError as error:
            raise ReadError.unopened(self.origin, error) from error

    def load(self, limit: int = MAX_BYTES) -> bytes:
        """Return the whole content.

        Raises ``ReadError`` if it cannot be opened, is empty, or has more than *limit* bytes; never
        holds more than that in memory.
        """
        content = self.head(limit + 1)
        if not content:
            raise ReadError(self.origin, "empty")
        if len(content) > limit:
            raise ReadError(self.origin, "larger than {size} MB", size=limit // 1024**2)
        return content


def discover(source: Path) -> Iterator[Path]:
    """Yield the files of *source* in sorted order: itself if it is a file, else all that lie below it.

    Hidden files and folders (``.name``) are skipped, and what editors and systems leave beside a file.
    Symbolic links are followed, each folder and each file once. What cannot be opened is yielded too, so
    that reading it gives the reason. Raises ``ReadError`` if
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
        files |= {Path(folder, name): os.path.join(real, name) for name in sorted(names) if is_wanted(name)}
    yield from _each_once(files)
    yield from closed


def _each_once(files: dict[Path, str]) -> Iterator[Path]:
    """Yield the files without links to one of them, or to what another link leads to."""
    links = {path: os.path.realpath(path) for path in files if os.path.islink(path)}
    taken = {at for path, at in files.items() if path not in links}
    for path in files:
        if path not in links:
            yield path
        elif links[path] not in taken:
            taken.add(links[path])
            yield path


def is_wanted(name: str) -> bool:
    """Tell whether a name is not that of something hidden, or left behind by an editor or a system."""
    is_left_over = name.startswith((".", "~$")) or name.endswith(("~", ".bak"))
    return not is_left_over and name.lower() not in {"thumbs.db", "desktop.ini"}


def _printable(path: str) -> str:
    """Return *path* with undecodable bytes of its name written out: a database takes no lone surrogate."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
