"""Files that are on disk once they are written, and the sums by which they are known again."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 16  # bytes: several files are read at once, and memory once taken is seldom given back


class Checked:
    """A file that sums up what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = self.crc32 = 0

    def write(self, data: bytes) -> int:
        """Write *data*, and sum it up."""
        self.crc32 = zlib.crc32(data, self.crc32)
        self.size += len(data)
        return self._file.write(data)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Open *path* for writing; behind the block its content is on disk."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def crc32_of(path: Path) -> int:
    """Return the checksum of a file."""
    crc32, block = 0, memoryview(bytearray(_BLOCK))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            crc32 = zlib.crc32(block[:size], crc32)
    return crc32


def flush_folder(folder: Path) -> None:
    """See to it that the names in *folder* are on disk."""
    with suppress(OSError):  # not every system lets a folder be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
