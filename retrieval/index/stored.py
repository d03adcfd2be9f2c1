"""The place of a part of an index on disk (``retrieval.index.files``)."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

# Of a field that is not written with its value.
UNKEPT = {"kept": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A folder, and what each of its files was like when it was written."""

    path: Path
    files: dict[str, dict[str, int]]  # name → "bytes", "crc32", "modified" (nanoseconds)


def lock(value: object) -> None:
    """Make the arrays of a value read-only, as those from files: loops are compiled for that kind alone."""
    for field in fields(value):  # type: ignore[arg-type]
        array = getattr(value, field.name)
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
