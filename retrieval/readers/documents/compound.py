"""Compound files, the boxes of the old Office formats: chains of sectors that must come to an end.

Readers follow a chain that runs in a circle until their memory is used up, and take their process with them.
Layout: [MS-CFB], sections 2.2 to 2.6.
"""

from collections.abc import Sequence

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what such a file begins with
SECTOR_SHIFTS = (9, 12)  # sectors of 512 and 4,096 bytes
MAX_FAT_SECTORS = 512  # of 512 bytes: tables for files of 32 MB

_END = 0xFFFF_FFFA  # this and greater numbers are no sectors
_HEADER_TABLES = slice(76, 512)  # the first numbers of the table's own sectors
_MINI_TABLE = slice(60, 64)
_MORE_TABLES = slice(68, 72)


def is_whole(content: bytes) -> bool:
    """Tell whether every chain of sectors in a compound file comes to its end."""
    shift = int.from_bytes(content[30:32], "little")
    if shift not in SECTOR_SHIFTS:
        return False
    size = 1 << shift

    def sector(number: int) -> list[int]:
        return _numbers(content[(number + 1) * size : (number + 2) * size])

    tables = _numbers(content[_HEADER_TABLES])
    more = _numbers(content[_MORE_TABLES])[0]
    while more < _END and len(tables) < MAX_FAT_SECTORS:
        *further, more = sector(more) or [_END]
        tables += further
    if more < _END:
        return False
    fat = [number for table in tables if table < _END for number in sector(table)]
    if not _ends(fat):
        return False
    place = _numbers(content[_MINI_TABLE])[0]
    mini: list[int] = []
    while place < len(fat):
        mini += sector(place)
        place = fat[place]
    return _ends(mini)


def _numbers(part: bytes) -> list[int]:
    return [int.from_bytes(part[at : at + 4], "little") for at in range(0, len(part) - 3, 4)]


def _ends(table: Sequence[int]) -> bool:
    """Tell whether no chain in *table*, where each sector names the next one, leads back into itself."""
    seen_in = [0] * len(table)  # the walk that came by
    for walk, start in enumerate(range(len(table)), start=1):
        place = start
        while place < len(table) and not seen_in[place]:
            seen_in[place] = walk
            place = table[place]
        if place < len(table) and seen_in[place] == walk:
            return False
    return True
