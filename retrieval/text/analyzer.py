"""Text to terms: where words begin and end, and which spellings count as one.

A word is a run of letters, marks and digits. Some scripts leave no space between words: there a word is a
character (Chinese, Japanese), or two neighbouring clusters, each word sharing one with the next (Thai, Lao,
Khmer, Burmese). A cluster is what no line may be broken in: a consonant with the vowels and tones around it
(Theeramunkong et al. 2000, "Character cluster based Thai information retrieval"). A number keeps its inner
points and commas. A term is a word in lower case with the tone mark where Vietnamese school spelling puts
it: hoà and hòa are one term, as are thuỷ and thủy; quý stays. Full-width letters and the digits of other
scripts are those of ASCII.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from retrieval.text.canonical import without_accents

Terms = tuple[str, ...]

# So many words of a script without spaces count as one if texts are measured. With 2, a passage holds less
# than an excerpt may show: .015 fewer answers inside on Chinese XQuAD, .035 on Thai; R@1 is the same.
UNSPACED_WORDS = 3
WORDS_KEPT = 1 << 16  # words
_TEXTS_KEPT, _LONGEST_KEPT = 256, 400  # texts, code points: of a question the same is asked many times

_CHARACTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc"  # the last one lengthens a vowel of any kana
_CLUSTERED = r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&\p{Lo}"
_UNSPACED = rf"{_CHARACTERS}[{_CLUSTERED}]"
_SPACED = rf"[\p{{L}}\p{{N}}]--[{_UNSPACED}]"
_CLUSTER = (
    r"[\u0e40-\u0e44\u0ec0-\u0ec4]?"  # vowels that are written before their consonant
    rf"[{_CLUSTERED}](?:[\u17d2\u1039]\p{{L}}|\p{{M}})*"  # a consonant, what is stacked below it, its marks
    r"[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3]?"  # vowels that are written behind it
)
# Most words are of Latin letters alone, and found in half the time if no letter is asked for its script.
_LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_WORD = regex.compile(
    rf"([{_LATIN}]++(?![\p{{L}}\p{{N}}\p{{M}}\u200c\u200d])"
    rf"|[{_CHARACTERS}]\p{{M}}*"
    rf"|(?:{_CLUSTER})+"
    rf"|\p{{N}}+(?:[.,]\p{{N}}+)+(?![{_SPACED}])"
    rf"|[{_SPACED}](?:[{_SPACED}]|\p{{M}}|[\u200c\u200d](?=\p{{L}}))*)",
    regex.VERSION1,
)
# Most texts hold nothing but Latin letters, ASCII's digits and what stands between words. ``re`` finds the
# words of such a text in a third of the time that ``regex`` takes for the pattern above.
_NUMERIC = r"0-9\u00b2\u00b3\u00b9\u00bc-\u00be"  # ² ³ ¹ ¼ ½ ¾, as in "m²"
_LETTERS = rf"{_LATIN}\u00aa\u00b5\u00ba"
_PLAIN_WORD = re.compile(
    rf"([{_NUMERIC}]+(?:[.,][{_NUMERIC}]+)+(?![{_LETTERS}{_NUMERIC}])|[{_LETTERS}{_NUMERIC}]+)"
)
_FIGURES = re.compile(f"[{_NUMERIC}]")
_PLAIN_END = 0x1F00  # every letter and digit of such a text comes before it
LATIN = "".join(filter(_PLAIN_WORD.match, map(chr, range(_PLAIN_END))))  # these letters and digits
LATIN_FIGURES = "".join(filter(_FIGURES.match, LATIN))
_NOT_PLAIN = re.compile(
    r"[^\u0000-\u024f\u1e00-\u1eff"
    r"\u2010-\u205e\u20a0-\u20cf\u2190-\u245f\u2500-\u2775\U0001f300-\U0001faff]"  # dashes, ₫, →, ●, emoji
)
# No letter of a script without spaces is outside of these: for a first look.
_MAY_BE_UNSPACED = re.compile("[\u0e00-\u1dff\u2e80-\U0001f2ff\U0001fb00-\U0010ffff]")
_ONE_CLUSTER = regex.compile(_CLUSTER, regex.VERSION1)
_FIRST_UNSPACED = "\u0e00"  # most words come before it and need no closer look
_BEGINS_UNSPACED = regex.compile(rf"[{_UNSPACED}]", regex.VERSION1)
_BEGINS_CHARACTER = regex.compile(rf"[{_CHARACTERS}]", regex.VERSION1)
_BEGINS_CLUSTERED = regex.compile(rf"[{_CLUSTERED}]", regex.VERSION1)
_WIDE = regex.compile(r"[\uff01-\uffee]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_SYLLABLE = regex.compile(  # onset, vowels, coda, on text whose tone mark has been taken out
    r"^(qu|gi(?=[aăâeêoôơuưy])|[bcdđghklmnpqrstvx]*)([aăâeêioôơuưy]+)(c|ch|m|n|ng|nh|p|t)?$"
)
_SHAPED = frozenset("ăâêôơư")
_JOINERS = str.maketrans("", "", "\u200c\u200d")


class Token(NamedTuple):  # made four times as fast as a frozen dataclass, for every word of a collection
    """One occurrence of a term; ``text[start:end]`` is the word as written."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """The terms of a text in order, repeats included, and where they stand in it."""

    terms: list[str]
    starts: list[int]  # code points; of each term, ascending
    ends: list[int]
    word_starts: list[int]  # those of *starts* that count if texts of all scripts are measured


def analyse(text: str) -> Analysed:
    """Return the terms of *text*, which is clean (``retrieval.text.canonical.clean``)."""
    return _analyse(text) if len(text) > _LONGEST_KEPT else _analysed(text)


def _analyse(text: str) -> Analysed:
    if not is_latin(text):
        return _analyse_any(text)
    return _split(_PLAIN_WORD.split(text), _TERMS.__getitem__)


def _split(pieces: Sequence[str], term: Callable[[str], str]) -> Analysed:
    """Return the words among *pieces*: what is between words, a word, what is between words, …"""
    places = list(accumulate(map(len, pieces)))
    starts = places[:-1:2]
    return Analysed(
        terms=list(map(term, pieces[1::2])),
        starts=starts,
        ends=places[1::2],
        word_starts=starts,
    )


_analysed = lru_cache(_TEXTS_KEPT)(_analyse)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*, which is clean, in order of their starts."""
    found = analyse(text)
    return map(Token, found.terms, found.starts, found.ends)


def terms(text: str) -> list[str]:
    """Return the terms of *text*, which is clean, in order, repeats included."""
    return [*analyse(text).terms]


def is_latin(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Tell whether ``text[start:end]`` holds only Latin letters, ASCII's digits and what is between words."""
    return _NOT_PLAIN.search(text, start, end) is None


def other_than_latin(characters: str) -> list[str]:
    """Return those *characters* that no text of Latin letters holds."""
    return _NOT_PLAIN.findall(characters)


def term_of(word: str) -> str:
    """Return the term of one *word*, as ``term`` does; those met lately are remembered."""
    return _TERMS[word]


def latin_words(text: str) -> list[str] | None:
    """Return the words of *text*, which is clean, as they are written; None if it holds another script."""
    return _PLAIN_WORD.findall(text) if is_latin(text) else None


@lru_cache(maxsize=1 << 16)
def term(word: str) -> str:
    """Return the term of one *word*: lower case, canonical tone placement."""
    word = word.translate(_JOINERS)
    if not word.isascii():
        word = _plain(word)
    lower = unicodedata.normalize("NFC", word.lower())
    return lower if lower.isascii() else _place_tone(lower)


class _Terms(dict[str, str]):
    """The term of each word that was met: asked for every word of a collection, so no call of Python's."""

    def __missing__(self, word: str) -> str:
        if len(self) >= WORDS_KEPT:
            self.clear()
        self[word] = found = term(word)
        return found


_TERMS = _Terms()


@lru_cache(maxsize=1 << 16)
def is_character(term: str) -> bool:
    """Tell whether *term* is a character of a script in which most words have several."""
    return _BEGINS_CHARACTER.match(term) is not None


@lru_cache(maxsize=1 << 16)
def is_unspaced(term: str) -> bool:
    """Tell whether *term* is of a script that leaves no space between words."""
    return _BEGINS_UNSPACED.match(term) is not None


@lru_cache(maxsize=1 << 16)
def fold(term: str) -> str:
    """Return *term* without accents, as people type it: "phường" → "phuong", "đội" → "doi".

    Only Latin letters lose their marks; a vowel sign of another script is part of the word.
    """
    bare = without_accents(term)
    return bare if bare[:1].isascii() else term


def _analyse_any(text: str) -> Analysed:
    """Analyse a text in any scripts."""
    found = _split(_WORD.split(text), term)
    if not _MAY_BE_UNSPACED.search(text):
        return found
    spans: list[tuple[int, int]] = []
    for start, end in zip(found.starts, found.ends, strict=True):
        word = text[start:end]
        if word >= _FIRST_UNSPACED and _BEGINS_CLUSTERED.match(word):
            spans += [(start + first, start + last) for first, last in _cluster_pairs(word)]
        else:
            spans.append((start, end))
    terms = list(map(term, [text[start:end] for start, end in spans]))
    starts = [start for start, _ in spans]
    return Analysed(
        terms=terms, starts=starts, ends=[end for _, end in spans], word_starts=_measured(terms, starts)
    )


def _measured(terms: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Return the starts that count: every one, but of *terms* without spaces each third in a row."""
    counted: list[int] = []
    unspaced = 0  # of them in a row
    for term_, start in zip(terms, starts, strict=True):
        if term_ >= _FIRST_UNSPACED and is_unspaced(term_):
            unspaced += 1
        else:
            unspaced = 0
        if unspaced == 0 or unspaced % UNSPACED_WORDS == 1:
            counted.append(start)
    return counted


def _cluster_pairs(run: str) -> list[tuple[int, int]]:
    """Return where the pairs of clusters in a run of them begin and end; of a single one, itself."""
    clusters = [cluster.span() for cluster in _ONE_CLUSTER.finditer(run)]
    if len(clusters) == 1:
        return clusters
    return [(left[0], right[1]) for left, right in pairwise(clusters)]


def _plain(word: str) -> str:
    """Return *word* without full width, its digits those of ASCII."""
    if _WIDE.search(word):
        word = unicodedata.normalize("NFKC", word)
    if word.isalpha():
        return word
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in word)


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
