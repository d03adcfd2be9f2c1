"""Text to terms: where words begin and end, and which spellings count as one.

A word is a run of letters, marks and digits; in scripts written without spaces (Chinese, Japanese
kana, Thai, Lao, Khmer, Burmese) every character with its marks is a word. A number keeps its inner
points and commas. A term is a word in lower case with the tone mark where Vietnamese school
spelling puts it: hoà and hòa are one term, as are thuỷ and thủy; quý stays.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from retrieval.text import without_accents

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_WORD = regex.compile(
    rf"[{_UNSPACED}]\p{{M}}*"
    r"|\p{N}+(?:[.,]\p{N}+)+(?![\p{L}\p{N}])"
    rf"|[[\p{{L}}\p{{N}}]--[{_UNSPACED}]](?:[[\p{{L}}\p{{N}}]--[{_UNSPACED}]]|\p{{M}}|[\u200c\u200d](?=\p{{L}}))*",
    regex.VERSION1,
)

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_SYLLABLE = regex.compile(  # onset, vowels, coda, on text whose tone mark has been taken out
    r"^(qu|gi(?=[aăâeêoôơuưy])|[bcdđghklmnpqrstvx]*)([aăâeêioôơuưy]+)(c|ch|m|n|ng|nh|p|t)?$"
)
_SHAPED = frozenset("ăâêôơư")
_JOINERS = str.maketrans("", "", "\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Token:
    """One occurrence of a term; ``text[start:end]`` is the word as written."""

    term: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*, which is clean (``retrieval.text.clean``), in order."""
    for word in _WORD.finditer(text):
        yield Token(term(word.group()), word.start(), word.end())


def terms(text: str) -> list[str]:
    """Return the terms of *text* in order, repeats included."""
    return [term(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """Return the term of one *word*: lower case, canonical tone placement."""
    lower = unicodedata.normalize("NFC", word.translate(_JOINERS).lower())
    return lower if lower.isascii() else _place_tone(lower)


@lru_cache(maxsize=1 << 16)
def fold(term: str) -> str:
    """Return *term* without accents, as people type it: "phường" → "phuong", "đội" → "doi".

    Only Latin letters lose their marks; a vowel sign of another script is part of the word.
    """
    bare = without_accents(term)
    return bare if bare[:1].isascii() else term


def _place_tone(word: str) -> str:
    """Move the tone mark of a Vietnamese syllable to where school spelling has it."""
    parts = unicodedata.normalize("NFD", word)
    tones = [c for c in parts if c in _TONES]
    if len(tones) != 1:
        return word
    bare = unicodedata.normalize("NFC", parts.replace(tones[0], ""))
    syllable = _SYLLABLE.match(bare)
    if syllable is None:
        return word
    place = syllable.start(2) + _toned_vowel(syllable.group(2), coda=syllable.group(3) is not None)
    return unicodedata.normalize("NFC", bare[: place + 1] + tones[0] + bare[place + 1 :])


def _toned_vowel(vowels: str, *, coda: bool) -> int:
    """Return which of *vowels* bears the tone: ươ → ơ, oa → o, oan → a, oai → a."""
    shaped = [i for i, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        return shaped[-1]
    if coda:
        return len(vowels) - 1
    return 1 if len(vowels) > 2 else 0
