"""The body of an answer: unpacked and counted as it comes, so that none can fill the memory."""

import zlib
from collections.abc import Callable, Iterable

_CHUNK = 64 * 1024


class TooLargeError(Exception):
    """There is more than was allowed."""


class UnknownEncodingError(Exception):
    """The answer is packed in a way that was not asked for."""


def gathered(parts: Iterable[bytes], encoding: str, limit: int, check: Callable[[], None]) -> bytes:
    """Return *parts*, packed as *encoding* says, as one text of at most *limit* bytes.

    *check* is called for each part, and may raise. Raises ``TooLargeError``, ``UnknownEncodingError``, and
    ``zlib.error`` for what is packed wrongly.
    """
    unpack = _unpacker(encoding)
    whole = bytearray()
    for part in parts:
        check()
        for piece in unpack(part):
            whole += piece
            if len(whole) > limit:
                raise TooLargeError
    return bytes(whole)


def _unpacker(encoding: str) -> Callable[[bytes], Iterable[bytes]]:
    """Return what unpacks one part after another, a bounded piece at a time."""
    match encoding.strip().lower():
        case "" | "identity":
            return lambda part: (part,)
        case "gzip" | "x-gzip":
            return _inflating(zlib.decompressobj(zlib.MAX_WBITS | 16))
        case "deflate":
            return _deflating()
        case _:
            raise UnknownEncodingError


def _inflating(inflater: "zlib._Decompress") -> Callable[[bytes], Iterable[bytes]]:
    def unpack(part: bytes) -> Iterable[bytes]:
        while part and not inflater.eof:
            piece = inflater.decompress(part, _CHUNK)
            if not piece and part == inflater.unconsumed_tail:
                return
            yield piece
            part = inflater.unconsumed_tail

    return unpack


def _deflating() -> Callable[[bytes], Iterable[bytes]]:
    """Unpack "deflate": with zlib's head, as the standard says, or without, as some servers send it."""
    chosen: list[Callable[[bytes], Iterable[bytes]]] = []

    def unpack(part: bytes) -> Iterable[bytes]:
        if not chosen and part:
            is_zlib = part[0] & 0x0F == 8
            chosen.append(_inflating(zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)))
        return chosen[0](part) if chosen else ()

    return unpack
