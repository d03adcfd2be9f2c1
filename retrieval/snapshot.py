"""A snapshot: the index of one generation with the engine on it, and the files it stands in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from retrieval import files
from retrieval.engine import Engine
from retrieval.errors import IndexFileError, StoreError
from retrieval.index import Index
from retrieval.lexicon import Lexicon

Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What questions are answered from. Immutable, so that an answer never mixes two of them."""

    index: Index
    engine: Engine
    signature: Signature | None  # of its files; None where it is in memory only

    @classmethod
    def of(cls, index: Index, lexicon: Lexicon) -> Self:
        """Return a snapshot of an index that is in memory only."""
        return cls(index=index, engine=Engine(index, lexicon), signature=None)

    @classmethod
    def open(cls, folder: Path, lexicon: Lexicon) -> Self:
        """Open the index in *folder*. Raises ``IndexFileError``."""
        before = signature(folder)  # first: files that change meanwhile are then looked at again
        index = Index.open(folder)
        return cls(index=index, engine=Engine(index, lexicon), signature=before)

    @classmethod
    def save(cls, index: Index, folder: Path, lexicon: Lexicon) -> Self:
        """Write an index to *folder*, in place of the one there. Raises ``StoreError``."""
        try:
            index.save(folder)
        except OSError as error:
            raise StoreError(
                f"the index cannot be saved in {folder}: {error.strerror or error}; "
                "check that the folder may be written and that the disk is not full, then reload"
            ) from error
        return cls(index=index, engine=Engine(index, lexicon), signature=signature(folder))

    def is_saved(self, folder: Path) -> bool:
        """Tell whether *folder* holds this snapshot whole; every byte is read."""
        try:
            return self.signature == signature(folder) and files.read(folder)[0] == self.index.generation
        except IndexFileError:
            return False


def signature(folder: Path) -> Signature | None:
    """Return what tells the index in *folder* from an earlier one; None where there is none."""
    try:
        status = (folder / files.MANIFEST).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
