"""A snapshot: the index of one generation with an engine and synonyms, and the files they stand in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from retrieval.answering.engine import Clock, Engine
from retrieval.collection.synonym_file import HELD_COPIES, SynonymFiles
from retrieval.errors import IndexFileError, StoreError
from retrieval.index import files
from retrieval.index.index import Index
from retrieval.query.lexicon import Lexicon
from retrieval.ranking.nominees import Articles

# Each kind of question loads lists of its own: with accents and without, asking whether, and in English.
_KINDS = (
    "Thư viện mở cửa lúc mấy giờ?",
    "thu vien mo cua luc may gio",
    "thư viện có mở cửa ban đêm không",
    "the library opens at eight",
)

Signature = tuple[tuple[int, int, int] | None, ...]
# Puts an engine on an index, whose articles may lie elsewhere.
Equip = Callable[[Index, Articles | None], Engine]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """The state that questions are answered from. Immutable, so that an answer never mixes two of them.

    A snapshot equals itself alone: nobody compares what they hold.
    """

    index: Index
    engine: Engine
    signature: Signature | None  # of its files; None if it is in memory only

    @property
    def articles(self) -> Articles:
        """The articles that questions are answered from."""
        return self.engine.articles

    @classmethod
    def of(cls, index: Index, equip: Equip) -> Self:
        """Return a snapshot of an index that is in memory only."""
        return cls(index=index, engine=equip(index, None), signature=None)

    @classmethod
    def open(cls, folder: Path, equip: Equip, before: Index | None = None) -> Self:
        """Open the index in *folder*, sharing parts with the one *before*. Raises ``IndexFileError``."""
        found = signature(folder)  # first: files that change meanwhile are then looked at again
        index = files.open_index(folder, before=before)
        return cls(index=index, engine=equip(index, None), signature=found)

    @classmethod
    def save(cls, index: Index, folder: Path, equip: Equip) -> Self:
        """Write an index to *folder*, in place of the one there. Raises ``StoreError``."""
        try:
            saved = files.save_index(index, folder)
        except OSError as error:
            raise StoreError.unsaved("the index", folder, error) from error
        return cls(index=saved, engine=equip(saved, None), signature=signature(folder))

    def is_saved(self, folder: Path) -> bool:
        """Tell whether *folder* holds this snapshot whole; every byte is read."""
        try:
            return (
                self.signature == signature(folder)
                and files.open_index(folder, every_byte=True).generation == self.index.generation
            )
        except IndexFileError:
            return False


def warm_up(snapshot: Snapshot) -> None:
    """Load what questions of all kinds need in this process."""
    for question in _KINDS:
        snapshot.engine.ask(question)


def equipped(
    wordings: SynonymFiles, lexicon: Lexicon, clock: Clock, index: Index, articles: Articles | None
) -> Engine:
    """Put an engine on *index*, with the wordings as the last reload read them."""
    synonyms, glossary = wordings.held()
    return Engine(index, lexicon, synonyms, clock, glossary=glossary, articles=articles)


def signature(folder: Path) -> Signature | None:
    """Return what tells index and synonyms in *folder* from earlier ones; None if there is no index."""
    index = _stamp(folder / files.MANIFEST)
    return index and (index, *(_stamp(folder / copy) for copy in HELD_COPIES))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
