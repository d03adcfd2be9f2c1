"""Machine code comes in as numba keeps it, an ELF object, and is put into memory: without LLVM.

LLVM writes such code with whole addresses ("large code model"), so that two kinds of relocation suffice.
"""

import ctypes
import mmap
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_CODE, _SYMBOLS, _RELOCATIONS, _ZEROS = 1, 2, 4, 8  # kinds of sections
_WRITTEN, _LOADED = 1, 2  # what is done with one
_UNDEFINED, _SHARED = 0, 0xFFF2  # sections of symbols that stand elsewhere, and in none
_ABSOLUTE, _RELATIVE = 1, 24  # R_X86_64_64, R_X86_64_PC64
_LINE = 64  # bytes: as far apart as any part of such code may ask for
_WORD = 8  # bytes of an address

_in_use: list[mmap.mmap] = []  # memory with code, as long as the process lives


class LinkError(Exception):
    """Code is of a kind that numba did not write until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    kind: int
    flags: int
    content: bytes
    link: int
    of: int  # the section that relocations are of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Symbol:
    name: str
    section: int
    value: int


def linked(code: bytes, elsewhere: Callable[[str], int], shared: int) -> Callable[[str], int]:
    """Put *code* into memory for good; return what tells the address of one of its functions.

    *elsewhere* tells the addresses of others' functions; all variables hold the number *shared*. Raises
    ``LinkError``.
    """
    sections = list(_sections(code))
    [table] = [section for section in sections if section.kind == _SYMBOLS]
    symbols = list(_symbols(table, sections[table.link].content))
    begins, size = _places(sections)
    memory = mmap.mmap(-1, size)
    _in_use.append(memory)
    base = ctypes.addressof(ctypes.c_char.from_buffer(memory))

    def address(symbol: _Symbol) -> int:
        if symbol.section == _SHARED:
            return base
        if symbol.section == _UNDEFINED:
            return elsewhere(symbol.name)
        return base + begins[symbol.section] + symbol.value

    memory[:_WORD] = struct.pack("<Q", shared)
    for number, begin in begins.items():
        memory[begin : begin + len(sections[number].content)] = sections[number].content
    for section in sections:
        if section.kind == _RELOCATIONS and section.of in begins:
            for place, kind, number, more in _relocations(section):
                at = begins[section.of] + place
                value = address(symbols[number]) + more - (base + at if kind == _RELATIVE else 0)
                memory[at : at + _WORD] = struct.pack("<q", value)
    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(base), size, mmap.PROT_READ | mmap.PROT_EXEC):
        raise LinkError("the system runs no such code")
    named = {symbol.name: symbol for symbol in symbols if symbol.section in begins}
    return lambda name: address(named[name])


def _places(sections: Sequence[_Section]) -> tuple[dict[int, int], int]:
    """Return where each section that is needed is to begin, by its number, and where the last one ends."""
    places, end = {}, _LINE  # before it is what all variables hold
    for number, section in enumerate(sections):
        if section.flags & _LOADED and (section.flags & _WRITTEN or section.kind == _ZEROS):
            raise LinkError("the code has variables of its own")
        if section.flags & _LOADED and section.kind == _CODE:
            places[number] = end
            end += -(-len(section.content) // _LINE) * _LINE
    return places, end


def _sections(code: bytes) -> Iterator[_Section]:
    begin, size, count = struct.unpack_from("<Q", code, 0x28) + struct.unpack_from("<HH", code, 0x3A)
    for at in range(begin, begin + size * count, size):
        _, kind, flags, _, offset, length, link, of, _, _ = struct.unpack_from("<IIQQQQIIQQ", code, at)
        yield _Section(kind=kind, flags=flags, content=code[offset : offset + length], link=link, of=of)


def _symbols(table: _Section, names: bytes) -> Iterator[_Symbol]:
    for name, _, _, section, value, _ in struct.iter_unpack("<IBBHQQ", table.content):
        yield _Symbol(name=names[name : names.index(0, name)].decode(), section=section, value=value)


def _relocations(section: _Section) -> Iterator[tuple[int, int, int, int]]:
    """Yield the place, the kind, the number of the symbol, and what is added to its address."""
    for place, info, more in struct.iter_unpack("<QQq", section.content):
        kind = info & 0xFFFFFFFF
        if kind not in (_ABSOLUTE, _RELATIVE):
            raise LinkError(f"the code has relocations of kind {kind}")
        yield place, kind, info >> 32, more
