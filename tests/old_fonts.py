"""Vietnamese as old fonts write it, for the tests that read it."""

import unicodedata
from functools import cache

from retrieval.readers.letters.syllables import ONSETS, RHYMES, TONES, is_written_right
from retrieval.readers.letters.tables import TO_UNICODE

_MARKS = "ùøûõïâàáåãäêèéúüë"
_VOWELS = "aeiouyôö"


def every_syllable() -> list[str]:
    """Every syllable that can be written, in small letters."""
    bodies = [onset + rhyme for onset in ("", *ONSETS) for rhyme in RHYMES]
    written = {_toned(body, tone) for body in bodies for tone in TONES}
    return sorted(word for word in written if is_written_right(word))


def written_in(font: str, text: str) -> str:
    """Return *text* as *font* writes it; what the font has no sign for stays."""
    text = unicodedata.normalize("NFC", text)
    signs = _signs(font)
    return "".join(signs.get(letter, letter) for letter in text)


@cache
def _signs(font: str) -> dict[str, str]:
    """The characters for each letter beyond ASCII."""
    to_unicode = TO_UNICODE[font]
    single = [chr(code) for code in (*range(0x20), *range(0x80, 0x180), *range(0x2000, 0x2130))]
    pairs = []
    if font == "VNI":
        pairs = [v + m for v in _VOWELS for m in _MARKS] + [
            v + m for v in _VOWELS.upper() for m in _MARKS.upper()
        ]
    if font == "Windows-1258":
        marks = [sign for sign in single if to_unicode(sign) in TONES[1:]]
        vowels = [sign for sign in (*"aeiouyAEIOUY", *single) if to_unicode(sign).isalpha()]
        pairs = [vowel + mark for vowel in vowels for mark in marks]
    signs: dict[str, str] = {}
    for sign in (*single, *pairs):
        letter = to_unicode(sign)
        if letter != sign and len(letter) == 1:
            signs.setdefault(letter, sign)
    return signs


def _toned(body: str, tone: str) -> str:
    """Put *tone* on the vowel that carries it."""
    start = 2 if body.startswith(("qu", "gi")) and any(c in "aăâeêioôơuưy" for c in body[2:]) else 0
    vowels = [index for index in range(start, len(body)) if body[index] in "aăâeêioôơuưy"]
    marked = [index for index in vowels if body[index] in "ăâêôơư"]
    is_closed = vowels[-1] < len(body) - 1
    carrier = marked[-1] if marked else vowels[-1] if is_closed or len(vowels) == 1 else vowels[-2]
    return unicodedata.normalize("NFC", body[: carrier + 1] + tone + body[carrier + 1 :])
