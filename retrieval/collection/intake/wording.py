"""Wording: whether a text says again what another one says, and nothing else.

Letters of one form differ in a name, a day or an amount; a copy does not. It may leave out whole sentences,
or all from some place on; have another byline, agency or caption; and a few words spelled otherwise.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from retrieval.article import Article
from retrieval.collection.intake.near import words
from retrieval.readers.around import byline
from retrieval.readers.letters.syllables import is_written_right
from retrieval.text.sentence import sentences

LEAST_SHARE = 0.4  # of the words of the other text; less is an excerpt, under a headline of its own
WHOLE = 0.8  # with less than this share of the words, the headlines have to be alike, too
MOST_SLIPS = 3  # words of a text that are spelled otherwise
MOST_SENTENCES = 1_000  # of a text, at least half of them different: comparing takes their square
LONGEST_STRETCH = 300  # words that differ
CAPTION_WORDS = range(5, 26)

_FIGURE = re.compile(r"\d+")
# "(TTXVN) - ", "TTO - ", "(Chinhphu.vn) – ", before the first sentence.
_AGENCY_FIRST = re.compile(
    r"\A\s*(?:\((?:[A-ZĐ]{3,}|[A-Za-z]+(?:\.[a-z]{2,})+|Dân trí|(?:Theo|Báo) [^()\d]{2,20})\)\s*[-–—]?"
    r"|(?:TT|NLĐ|TP|PL|VN|SGGP|VO|LĐ|ĐTTC)O\s*[-–—]|(?:TTXVN|SGGP|NLĐ|VOV|VTV|VTC|Dân trí)\s*[-–—])\s*"
)
_NUMBERS = """
    một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ tỉ rưỡi nửa
    giêng chạp
"""
_KINDS_OF_PLACE = """
    ấp xã thôn khu tổ phường bản làng huyện buôn khóm trường chợ đường hẻm quận tỉnh cầu trạm chùa nhà
"""
_TURNS = "không chưa chẳng đừng hoãn hủy huỷ dừng ngừng cấm thôi nghỉ bỏ trừ"
_TELLING = frozenset(_NUMBERS.split() + _TURNS.split())  # one letter in these makes another statement
_PLACES = frozenset(_KINDS_OF_PLACE.split())
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: tuple[str, ...]
    terms: tuple[str, ...]  # the words in small letters
    is_finished: bool  # by a stop


def says_again(copy: Article, original: Article) -> bool:
    """Tell whether *original* says all that *copy* says, so that nothing is lost without the copy."""
    if not set(_FIGURE.findall(copy.body)) <= set(_FIGURE.findall(original.body)):
        return False  # as letters of one form mostly do; the rest takes a millisecond
    ours, theirs = _sentences(copy.body), _sentences(original.body)
    if not theirs:
        return False
    known = {term for sentence in theirs for term in sentence.terms} | set(words(original.title.lower()))
    share = sum(len(sentence.words) for sentence in ours) / sum(len(sentence.words) for sentence in theirs)
    return (
        share >= LEAST_SHARE
        and all(map(_is_comparable, (ours, theirs)))
        and _is_title_of(copy.title, original.title, known, is_whole=share >= WHOLE)
        and _adds_nothing(ours, theirs, known)
    )


def _is_comparable(text: Sequence[_Sentence]) -> bool:
    return len(text) <= min(MOST_SENTENCES, 2 * len({sentence.terms for sentence in text}))


def _is_title_of(title: str, other: str, known: Collection[str], *, is_whole: bool) -> bool:
    terms, others = set(words(title.lower())), set(words(other.lower()))
    is_alike = 2 * len(terms & others) >= min(len(terms), len(others))
    is_same_day = _FIGURE.findall(title) == _FIGURE.findall(other)
    return is_same_day and not _names_another(words(title), known) and (is_whole or is_alike)


def _adds_nothing(ours: Sequence[_Sentence], theirs: Sequence[_Sentence], known: Collection[str]) -> bool:
    """Go through what differs, sentence by sentence, and in sentences word by word."""
    slips = 0
    keys = [sentence.terms for sentence in theirs], [sentence.terms for sentence in ours]
    for kind, start, end, first, last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if kind in ("equal", "delete"):
            continue
        added = [ours[at] for at in range(first, last) if not _is_caption(ours, at, known)]
        found = _slips(added, theirs[start:end], is_cut=end == len(theirs))
        if found is None:
            return False
        slips += found
    return slips <= MOST_SLIPS


def _slips(ours: Sequence[_Sentence], theirs: Sequence[_Sentence], *, is_cut: bool) -> int | None:
    """Count the words of *ours* that are spelled otherwise; None if anything else is new.

    *is_cut*: *theirs* are the last ones, so *ours* may stop anywhere.
    """
    written = [word for sentence in ours for word in sentence.words]
    others: list[str] = []
    bounds = {0}
    for sentence in theirs:
        others += sentence.words
        bounds.add(len(others))
    if max(len(written), len(others)) > LONGEST_STRETCH:
        return None
    slips = 0
    lowered = ([word.lower() for word in others], [word.lower() for word in written])
    for kind, start, end, first, last in SequenceMatcher(None, *lowered, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            slips += end - start
            if not all(map(_is_slip, others[start:end], written[first:last])):
                return None
        elif kind == "delete":
            if not ({start, end} <= bounds or (is_cut and end == len(others))):
                return None
        elif kind != "equal":
            return None
    return slips


def _is_slip(one: str, other: str) -> bool:
    """Tell whether one of two words is the other one misspelled: "xử dụng" for "sử dụng"."""
    if not (one.isalpha() and one.islower() and other.isalpha() and other.islower()):
        return False
    if _TELLING & {one, other}:
        return False
    if is_written_right(one) and is_written_right(other):
        return _sound(one) == _sound(other)
    return SequenceMatcher(None, _bare(one), _bare(other)).ratio() >= 0.6


def _bare(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter.isalpha())


def _sound(word: str) -> str:
    """Return how *word* sounds to those who take s for x, tr for ch, gi for d, and the hook for the tilde."""
    marks = unicodedata.normalize("NFD", word).replace("\u0303", "\u0309")
    bare = _TONES.sub("", marks)
    for onset, like in (("tr", "ch"), ("gi", "d"), ("s", "x")):
        if bare.startswith(onset):
            bare = like + bare.removeprefix(onset)
    return re.sub(r"(?<=[bcdghklmnpqrstvx])y|(?<=qu)y", "i", bare) + "".join(_TONES.findall(marks))


def _is_caption(sentences: Sequence[_Sentence], at: int, known: Collection[str]) -> bool:
    """Tell whether a sentence is a line between two paragraphs that names nobody and counts nothing."""
    if not 0 < at < len(sentences) - 1 or not sentences[at - 1].is_finished:
        return False
    sentence = sentences[at]
    is_line = not sentence.is_finished and len(sentence.words) in CAPTION_WORDS
    says_more = not _TELLING.isdisjoint(sentence.terms) or any(map(str.isdigit, "".join(sentence.words)))
    return is_line and not says_more and not _names_another(sentence.words, known)


def _names_another(written: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether a word with a capital, but for the first one of a sentence, is none of *known*."""
    for at, word in enumerate(written):
        is_name = word[0].isupper() and (at > 0 or (len(written) > 1 and written[1][0].isupper()))
        if is_name and word.lower() not in known:
            return True
    return False


def _sentences(body: str) -> list[_Sentence]:
    """Return what *body* says, without byline, agency and the like."""
    text = _AGENCY_FIRST.sub("", body)
    result = []
    for start, end in sentences(text):
        said = text[start:end]
        if (written := tuple(words(said))) and not (byline.person(said) or byline.publisher(said)):
            result.append(_Sentence(written, tuple(map(str.lower, written)), said[-1] in ".!?…”\"'"))
    if len(result) > 1 and _is_signature(result[-1]):
        result.pop()
    return result


def _is_signature(sentence: _Sentence) -> bool:
    is_name = not sentence.is_finished and byline.is_person(" ".join(sentence.words))
    return is_name and sentence.terms[0] not in _PLACES
