"""Updates that are being handled or whose answers have left, noted in memory that outlives the process.

A note in the database takes milliseconds, in which many answers wait to leave; this one takes a microsecond.
It tells what a killed process had sent. What the machine itself forgot, as without power, it does not tell.
"""

import mmap
import os
import secrets
import struct
from pathlib import Path

import structlog

_NAME = "departures"
_SLOTS = 65_536  # an answer on its way is overwritten if so many updates come before it has arrived
_SLOT = struct.Struct("<q")  # twice the number of an update, and one more once its answer has left
_HEADER = 128  # bytes: the record's name
_SIZE = _HEADER + _SLOTS * _SLOT.size
_BOOT = Path("/proc/sys/kernel/random/boot_id")

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Departures:
    """The updates of one bot whose answers have left, as far as processes with the same *folder* know.

    ``record`` names what is written since the machine began: of another record nothing is known.
    """

    def __init__(self, folder: Path) -> None:
        """If *folder* cannot be written, or the system is not Linux, nothing outlives the process."""
        self.folder: Path | None = folder  # None: nothing outlives the process
        try:
            self._file = _shared(folder / _NAME)
        except OSError as error:
            self.folder = None
            _LOG.warning("answers that leave cannot be noted", path=str(folder), reason=str(error))
            self._file = mmap.mmap(-1, _SIZE)
            self._file[:_HEADER] = _header(secrets.token_hex(8))
        self.record = _record(self._file[:_HEADER])

    def begin(self, update_id: int) -> None:
        """Note that an update is being handled."""
        _SLOT.pack_into(self._file, _place(update_id), 2 * update_id)

    def note(self, update_id: int) -> None:
        """Note that the answer to an update leaves now."""
        _SLOT.pack_into(self._file, _place(update_id), 2 * update_id + 1)

    def erase(self, update_id: int) -> None:
        """Note that Telegram surely did not show it."""
        if self.has_left(update_id):
            self.begin(update_id)

    def forget(self, update_id: int) -> None:
        """Note that an update waits to be handled anew."""
        _SLOT.pack_into(self._file, _place(update_id), 0)

    def has_begun(self, update_id: int) -> bool:
        """Tell whether an update was being handled."""
        return self._noted(update_id) // 2 == update_id

    def has_left(self, update_id: int) -> bool:
        """Tell whether the answer to an update may have been shown."""
        return self._noted(update_id) == 2 * update_id + 1

    def _noted(self, update_id: int) -> int:
        noted: int = _SLOT.unpack_from(self._file, _place(update_id))[0]
        return noted


def _place(update_id: int) -> int:
    return _HEADER + update_id % _SLOTS * _SLOT.size


def _shared(path: Path) -> mmap.mmap:
    """Open the record of this boot, or begin it. Raises ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _is_of_this_boot(path):
        new = path.with_name(f"{_NAME}.{secrets.token_hex(8)}")
        try:
            with new.open("xb") as file:
                # All of it: a hole that cannot be filled, as on a full disk, would end the process later.
                file.write(_new_record().ljust(_SIZE, b"\0"))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), _SIZE)


def _is_of_this_boot(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            record = _record(file.read(_HEADER))
            return record.partition(":")[0] == _boot() and os.fstat(file.fileno()).st_size == _SIZE
    except FileNotFoundError:
        return False


def _new_record() -> bytes:
    return _header(f"{_boot()}:{secrets.token_hex(8)}")


def _header(record: str) -> bytes:
    return record.encode().ljust(_HEADER, b"\0")


def _record(header: bytes) -> str:
    return header.rstrip(b"\0").decode("ascii", "replace")


def _boot() -> str:
    """Return what names this run of the machine."""
    return _BOOT.read_text(encoding="ascii").strip()
