"""The admin's files of other wordings, and the copies of them that hold from one reload to the next.

    INDEX_DIR/
        synonyms.txt                  the texts as the last reload read them
        everyday.txt
        glossary.txt

What an admin is writing changes no answer before the reload that reports on it, and neither does a restart.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from retrieval.collection.report import Failure
from retrieval.errors import ReadError, Reason, StoreError
from retrieval.index.durable import written
from retrieval.query.synonyms import Synonyms, parse_glossary, parse_synonyms
from retrieval.readers.decode import decode

HELD_COPIES = ("synonyms.txt", "everyday.txt", "glossary.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymFiles:
    """The files of all wordings: of synonyms, and one of two languages. None: there is no such file."""

    synonyms: Path | None = None
    everyday: Path | None = None
    glossary: Path | None = None
    index_dir: Path

    def held(self) -> tuple[Synonyms, Synonyms]:
        """Return the synonyms and the glossary as the last reload read them."""
        synonyms, everyday, glossary = (file.held() for file in self._files)
        return synonyms.joined(everyday), glossary

    def take_in(self) -> Iterator[Failure]:
        """Copy what the files say now, and yield what of it cannot be used. Raises ``StoreError``."""
        for file in self._files:
            yield from file.take_in()

    @property
    def _files(self) -> "list[SynonymFile]":
        paths = (self.synonyms, self.everyday, self.glossary)
        ways = (parse_synonyms, parse_synonyms, parse_glossary)
        return [
            SynonymFile(path=path, index_dir=self.index_dir, copy=copy, parse=way)
            for path, copy, way in zip(paths, HELD_COPIES, ways, strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymFile:
    """A file of wordings. One that is not there says nothing."""

    path: Path | None  # None: there are none
    index_dir: Path
    copy: str = HELD_COPIES[0]
    parse: Callable[[str], Synonyms] = parse_synonyms

    def held(self) -> Synonyms:
        """Return what the last reload read; if no reload left a copy, what the file says now."""
        if self.path is None:
            return Synonyms()
        for path in (self.index_dir / self.copy, self.path):
            try:
                return _parsed(self.parse, _text(path))
            except (FileNotFoundError, ReadError):
                continue
        return Synonyms()

    def take_in(self) -> Iterator[Failure]:
        """Copy what the file says now, and yield what of it cannot be used.

        A file that cannot be read leaves the copy as it is. Raises ``StoreError`` if the copy cannot be
        written.
        """
        if self.path is None:
            return
        origin = os.path.realpath(self.path)
        try:
            text = _text(self.path)
        except FileNotFoundError:
            text = ""
        except ReadError as error:
            yield Failure(origin=origin, reason=error.reason)
            return
        self._keep(text)
        for mistake in _parsed(self.parse, text).mistakes:
            line = {"n": mistake.line, "mistake": mistake.reason}
            yield Failure(origin=origin, reason=Reason("line {n}: {mistake}", line))

    def _keep(self, text: str) -> None:
        copy = self.index_dir / self.copy
        content = text.encode()
        try:
            if copy.exists() and copy.read_bytes() == content:
                return
            new = self.index_dir / f"{self.copy}.new"
            with written(new) as file:
                file.write(content)
            new.replace(copy)
        except OSError as error:
            raise StoreError.unsaved("the synonyms", self.index_dir, error) from error


@lru_cache(maxsize=8)  # each snapshot asks, and the texts rarely change
def _parsed(way: Callable[[str], Synonyms], text: str) -> Synonyms:
    return way(text)


def _text(path: Path) -> str:
    """Return what a file says. Raises ``FileNotFoundError``, and ``ReadError`` if it cannot be read."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ReadError.unopened(str(path), error) from error
    return decode(content, str(path)) if content.strip() else ""
