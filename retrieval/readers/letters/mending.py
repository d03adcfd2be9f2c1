"""Text whose letters are wrong, made right if that is certain, and refused if it is not.

An old Vietnamese font shows "ThÃ´ng b¸o" as "Thông báo", and so does nothing else. Which font it was is told
by the text itself, a block at a time (a paragraph, a cell, what stands between two tags): the font under
which most words become Vietnamese syllables. What the file says about fonts is not asked: it is often wrong.
"""

import re
from collections.abc import Mapping

from retrieval.errors import N_, ReadError
from retrieval.readers.letters.fonts import (
    BETWEEN_BLOCKS,
    MIN_WORDS,
    WORD,
    is_right,
    is_suspect,
    of_old_fonts,
)
from retrieval.readers.letters.tables import TO_UNICODE, opened_as_1252

OLD_FONT = N_("not decodable: an old Vietnamese font; convert it to Unicode, for example with UniKey")
TWICE = N_(
    "not decodable: its letters were encoded twice; save it once more from the program it was written in"
)

MIN_TWICE = 3  # letters that are shown as two or three, in what could not be made right

_BETWEEN = "\n\ue001\n"  # a character that no text has
_ONCE_MORE = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TWICE = re.compile(
    f"á[º»][{_ONCE_MORE}]?|[ÃÂ][{_ONCE_MORE}]|Ã (?=\\w|$)|Ä[‘’\u0091\u0090\u0192\u0083ƒ]|Æ[°¡¯\u00a0]|â€"
)
# UTF-8 that was taken for Mac Roman: its letters begin with one of these, and go on in the upper half.
_MAC_LETTER = re.compile("[√∆ƒ]|·[∫ª]")
_MAC_RUN = re.compile(f"[{re.escape(bytes(range(0x80, 0x100)).decode('mac_roman'))}]+")


def mended(text: str, origin: str) -> str:
    """Return *text* with every letter in Unicode. Raises ``ReadError`` if that cannot be certain."""
    if not is_suspect(text):
        return text
    text = _undoubled(_of_mac(text))
    if _TWICE.search(text) and _count_twice(text) >= MIN_TWICE:
        raise ReadError(origin, TWICE)
    converted = of_old_fonts(text)
    if converted is None:
        raise ReadError(origin, OLD_FONT)
    return converted


def mended_values(mapping: Mapping[str, object], origin: str) -> dict[str, object]:
    """Return *mapping* with all its texts mended as one: a title alone may not show its font.

    Raises ``ReadError`` as ``mended`` does.
    """
    texts = {name: value for name, value in mapping.items() if isinstance(value, str)}
    joined = _BETWEEN.join(texts.values())
    if not is_suspect(joined):  # as nearly all
        return {**mapping}
    return {**mapping, **dict(zip(texts, mended(joined, origin).split(_BETWEEN), strict=True))}


def from_bytes(content: bytes) -> str | None:
    """Return text that is no UTF-8 in Unicode, if an old way to write Vietnamese surely explains it."""
    text = opened_as_1252(content)
    converted = of_old_fonts(text)
    return None if converted == text else converted


def doubled(content: bytes) -> str | None:
    """Return text of UTF-8 that was taken for Windows-1252 or Latin-1 and encoded once more; None if not."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    repaired = _undoubled(_of_mac(text))
    return None if repaired == text else repaired


def _of_mac(text: str) -> str:
    """Return *text* without UTF-8 that was taken for Mac Roman: "th√°ng" is "tháng"."""
    if _MAC_LETTER.search(text) is None:
        return text
    words = {word for word in WORD.findall(text) if _MAC_LETTER.search(word)}
    # A formula has "√π", too, which would become a word.
    right = {word for word in words if not is_right(word) and is_right(_MAC_RUN.sub(_once, word))}
    return text if len(right) < max(MIN_WORDS, len(words) / 2) else _MAC_RUN.sub(_once, text)


def _once(run: re.Match[str]) -> str:
    """Return the UTF-8 that was taken for Mac Roman in *run*; the run as it is if it is none."""
    try:
        return run[0].encode("mac_roman").decode()
    except UnicodeDecodeError:
        return run[0]


def _undoubled(text: str) -> str:
    if _TWICE.search(text) is None:
        return text
    # Imported here because hardly any text gets this far.
    from ftfy import fix_encoding

    pieces = BETWEEN_BLOCKS.split(text)
    for index, piece in enumerate(pieces):
        if _TWICE.search(piece):
            repaired = fix_encoding(piece)
            # Two letters of an old font may look like one that was encoded twice.
            if _count_right(repaired) >= max(_count_right(convert(piece)) for convert in TO_UNICODE.values()):
                pieces[index] = repaired
    return "".join(pieces)


def _count_right(text: str) -> int:
    return sum(not word.isascii() and is_right(word) for word in WORD.findall(text))


def _count_twice(text: str) -> int:
    """Count the letters that are shown as two or three, but none amid words that are right as they stand."""
    words = (word for word in WORD.findall(text) if _TWICE.search(word) and not is_right(word))
    return sum(len(_TWICE.findall(word)) for word in words)
