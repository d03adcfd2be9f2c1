"""The old fonts of a text, told block by block, and its letters in Unicode.

A block is a paragraph, a cell, what stands between two tags. Its font is the one under which most of its
words become Vietnamese syllables, if it explains them clearly better than any other.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from retrieval.readers.letters.syllables import COMMON, is_written_right
from retrieval.readers.letters.tables import TO_UNICODE

MIN_WORDS = 2  # different ones that only the font makes Vietnamese; fewer could be names of elsewhere
MAX_WRONG = 0.15  # 0..1 of the words that a font changes; names and slips stay below 0.1
# The best font's words over the second best's, on the same blocks; true ones give over 1.5
MIN_LETTERS_LEAD = 1.15
SURE_WORDS = 10  # so many, and the names of foreign companies beside them do not matter
MIN_PLAIN = 0.5  # 0..1 of the words without accents that can be Vietnamese; French gives 0.3, Vietnamese 0.95
COMMON_BONUS = 0.5  # what one of the commonest syllables counts beyond any other word
LONGEST_KEPT = 40  # characters of a word; no Vietnamese one is longer, and there is no end to others
MIN_LEFT_SIGNS = 3  # different signs of an old font in what could not be made right
MIN_LEFT_SHARE = 0.08  # 0..1 of the characters beyond ASCII; old fonts give 0.08 to 0.5, Czech 0.01

_VIETNAMESE = "àáãâèéêìíòóõôùúýÀÁÃÂÈÉÊÌÍÒÓÕÔÙÚÝ"
_HARMLESS = "\u0085\u00a0«»°·×§±²³©®"
_RARE = "".join(chr(code) for code in range(0x80, 0x100) if chr(code) not in _VIETNAMESE + _HARMLESS)
# What Vietnamese in Unicode does not have: most texts are left alone after one look. What is before a letter
# is looked at after it: the other way round takes ten times as long.
_SUSPECT = re.compile(
    f"[√∆{re.escape(_RARE)}ùìòÌÒ«»°·×§±²³©®](?:(?<=[√∆{re.escape(_RARE)}])|(?<=[aeoy]ù)|(?<=[aeoâêôõýã][ìò])"
    "|(?<=[a-zâêôõýã][ÌÒ])|(?<=[a-z][«»°·×§±²³©®])(?=[a-z]))"
)
_MARKS = "“”‘’–—…•"
BETWEEN_BLOCKS = re.compile('([\n\r\t<>"\u2028\u2029]+)')
# The control characters are capital letters of VISCII and VPS.
WORD = re.compile("[A-Za-z\u0002-\u0006\u0010-\u0015\u0019\u001c-\u001e\u0080-\uffff]+")
_LATER = re.compile("[\u0100-\u01b0\u1ea0-\u1ef9]")  # letters that only Unicode has
_UNICODE = "Unicode"
_BEYOND_ASCII = re.compile("[^\u0020-\u007f]")
# Windows-1252 writes no symbol amid a word ("c«ng t¸c"), and hardly ever one of these letters after a vowel
# ("caùc ngaøy"); French does so in three words ("où").
FONT_SIGN = re.compile("[a-z](?:[µ¸½]|[¨©ª«¬®¶»](?=[a-z]))|[aeouy][ùøûõ]", re.IGNORECASE)


@dataclass(slots=True)
class _Evidence:
    """The evidence that some words are written in one font."""

    score: float = 0.0
    right: set[str] = field(default_factory=set)  # different words that only this font makes Vietnamese
    changed: int = 0  # words that it changes
    wrong: int = 0  # of these, words that it makes no Vietnamese of


_NOTHING: dict[str, _Evidence] = {name: _Evidence() for name in TO_UNICODE}


def is_suspect(text: str) -> bool:
    """Tell whether *text* has characters, or an order of them, that Vietnamese in Unicode does not have."""
    return _SUSPECT.search(text) is not None


def of_old_fonts(text: str) -> str | None:
    """Return *text* with what is in an old font converted; None if a font is met and cannot be told."""
    if not is_suspect(text):
        return text
    pieces = BETWEEN_BLOCKS.split(text)
    fonts = _fonts(pieces[::2])
    if fonts is None:
        return None
    left = "\n".join(block for block, font in zip(pieces[::2], fonts, strict=True) if font is None)
    if _shows_signs(left):
        return None
    pieces[::2] = [_converted(block, font) for block, font in zip(pieces[::2], fonts, strict=True)]
    return "".join(pieces)


def _fonts(blocks: Sequence[str]) -> list[str | None] | None:
    """Return the font of each block, None for Unicode; None altogether if two fonts explain one alike."""
    scored = [_evidence(block) for block in blocks]
    best = [_best(evidence) for evidence in scored]
    sure: list[str] = []
    for font, _ in Counter(name for name in best if name).most_common():
        own = [index for index, name in enumerate(best) if name == font]
        totals = {name: _sum(scored[index][name] for index in own) for name in TO_UNICODE}
        rival = max(totals[name].score for name in TO_UNICODE if name != font)
        explains = _explains(totals[font], [blocks[index] for index in own])
        if explains and totals[font].score >= MIN_LETTERS_LEAD * rival:
            sure.append(font)
            continue
        if explains and not sure:
            return None
        for index in own:  # a line of few words, which another font of this text may explain nearly as well
            others = [name for name in sure if scored[index][name].right]
            best[index] = max(others, key=lambda name: scored[index][name].score, default=None)
    return _with_neighbours(best, scored, blocks) if sure else best


def _evidence(block: str) -> dict[str, _Evidence]:
    """Return what speaks for each font in *block*; nothing at all if it is in ASCII, as most of a page is."""
    if _BEYOND_ASCII.search(block) is None:
        return _NOTHING
    found = {name: _Evidence() for name in TO_UNICODE}
    for word, times in Counter(WORD.findall(block)).items():
        told = _of_word(word) if len(word) <= LONGEST_KEPT else _of_word.__wrapped__(word)
        for name, score, is_changed, is_wrong, right in told:
            evidence = found[name]
            evidence.score += times * score
            evidence.changed += times * is_changed
            evidence.wrong += times * is_wrong
            evidence.right |= right
    return found


# A text says most words again; what fonts make of one takes a tenth of a millisecond.
@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> Sequence[tuple[str, float, bool, bool, frozenset[str]]]:
    """Return what speaks for each font of which *word* tells anything, in the fields of ``_Evidence``."""
    # A mark that stands alone ("»", "©", "¶") is what it looks like.
    if not _BEYOND_ASCII.search(word.strip(_MARKS)) or not any(map(str.isalpha, word)):
        return ()
    found = []
    was_right = is_right(word)
    for name in TO_UNICODE:
        converted = _converted_word(word, name)
        becomes_right, is_changed, lower = is_right(converted), converted != word, converted.lower()
        score = 0.0 if was_right else becomes_right + COMMON_BONUS * (lower in COMMON)
        right = frozenset([lower] if is_changed and becomes_right and not was_right else [])
        if score or is_changed:
            found.append((name, score, is_changed, is_changed and not becomes_right, right))
    return found


def _best(evidence: dict[str, _Evidence]) -> str | None:
    if evidence is _NOTHING:
        return None
    name = max(evidence, key=lambda name: evidence[name].score, default=None)
    return name if name and evidence[name].right else None


def _sum(parts: Iterator[_Evidence]) -> _Evidence:
    total = _Evidence()
    for part in parts:
        total.score += part.score
        total.right |= part.right
        total.changed += part.changed
        total.wrong += part.wrong
    return total


def _explains(total: _Evidence, blocks: Sequence[str]) -> bool:
    words = (word.lower() for block in blocks for word in WORD.findall(block))
    plain = [word for word in words if word.isascii() and len(word) > 1]
    is_vietnamese = sum(map(is_written_right, plain)) >= MIN_PLAIN * len(plain)
    is_enough = len(total.right) >= (MIN_WORDS if is_vietnamese else SURE_WORDS)
    return is_enough and total.wrong <= MAX_WRONG * total.changed


def _with_neighbours(
    best: Sequence[str | None], scored: Sequence[Mapping[str, _Evidence]], blocks: Sequence[str]
) -> list[str | None]:
    """Give a block that may be read either way, as "Sè 7" may, the font around it."""
    signs = [
        font or (_UNICODE if _LATER.search(block) else None) for font, block in zip(best, blocks, strict=True)
    ]
    before, after = _carried(signs), _carried(signs[::-1])[::-1]
    fonts = list(best)
    for index, sign in enumerate(signs):
        around = {before[index], after[index]} - {None}
        if sign is None and len(around) == 1:
            (font,) = around
            if font != _UNICODE and font and not scored[index][font].wrong:
                fonts[index] = font
    return fonts


def _carried(signs: Sequence[str | None]) -> list[str | None]:
    """Return the last sign before each place."""
    carried: list[str | None] = []
    last = None
    for sign in signs:
        carried.append(last)
        last = sign or last
    return carried


def is_right(word: str) -> bool:
    """Tell whether *word*, as it stands, is Vietnamese; quotation marks around it do not count."""
    letters = unicodedata.normalize("NFC", _trimmed(word)).lower().replace("ð", "đ")  # eth, a common slip
    return bool(letters) and is_written_right(letters)


def _trimmed(word: str) -> str:
    start, end = 0, len(word)
    while start < end and not word[start].isalpha():
        start += 1
    while end > start and not (word[end - 1].isalpha() or unicodedata.combining(word[end - 1])):
        end -= 1
    return word[start:end]


def _shows_signs(text: str) -> bool:
    signs = [
        sign.lower()
        for word in WORD.findall(text)
        if not word.isascii() and (found := FONT_SIGN.findall(word)) and not is_right(word)
        for sign in found
    ]
    return len(set(signs)) >= MIN_LEFT_SIGNS and len(signs) >= MIN_LEFT_SHARE * len(
        _BEYOND_ASCII.findall(text)
    )


def _converted(block: str, font: str | None) -> str:
    if font is None:
        return block
    converted = WORD.sub(lambda match: _converted_word(match[0], font), block)
    plain = "".join(filter(str.isascii, filter(str.isalpha, block)))
    return converted.upper() if plain.isupper() and len(plain) > 3 * MIN_LEFT_SIGNS else converted


def _converted_word(word: str, font: str) -> str:
    to_unicode = TO_UNICODE[font]
    whole = _with_capitals(to_unicode(word), word)
    core = word.strip(_MARKS)
    if core == word or (core and is_right(whole)):
        return whole
    # The font has letters where Unicode has quotation marks and dashes; here they are what they look like.
    before, _, after = word.partition(core) if core else (word, "", "")
    return before + _with_capitals(to_unicode(core), core) + after


def _with_capitals(word: str, written: str) -> str:
    """Return *word* in capitals if it was: fonts like TCVN3 have no capital "á", "B¸O" is "BÁO"."""
    plain = [letter for letter in written if letter.isascii() and letter.isalpha()]
    return word.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else word
