"""The place of a part of an index on disk (``retrieval.index.files``)."""

import os
from dataclasses import dataclass, fields
from pathlib import Path
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

# Of a field that is not written with its value.
UNKEPT = {"kept": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A folder, and what each of its files was like when it was written."""

    path: Path
    files: dict[str, dict[str, int]]  # name → "bytes", "crc32", "modified" (nanoseconds)


class Content:
    """The bytes that a file holds as an array: read when they are wanted, and never mapped.

    A mapping would keep all that was ever read in the memory of the process, and the pages around it.
    """

    def __init__(self, path: Path) -> None:
        """Open the file. Raises ``OSError``, or ``ValueError`` if it holds something else."""
        array = np.load(path, mmap_mode="r", allow_pickle=False)
        if array.dtype != np.uint8 or array.ndim != 1:
            raise ValueError(f"{path} does not hold bytes")
        self._begin, self._size = array.offset, len(array)
        self._file = os.open(path, os.O_RDONLY)
        finalize(self, os.close, self._file)

    def __getitem__(self, stretch: slice) -> bytes:
        first, last, _ = stretch.indices(self._size)
        parts, at, end = [], self._begin + first, self._begin + last
        while at < end:  # the system reads 2 GB at a time, at most
            parts.append(os.pread(self._file, end - at, at))
            at += len(parts[-1])
            if not parts[-1]:
                raise OSError("a file of the index was cut short")
        return b"".join(parts)

    def __array__(self, *_: object, **__: object) -> NDArray[np.uint8]:
        return np.frombuffer(self[:], dtype=np.uint8)


def lock(value: object) -> None:
    """Make the arrays of a value read-only, as those from files: loops are compiled for that kind alone."""
    for field in fields(value):  # type: ignore[arg-type]
        array = getattr(value, field.name)
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
