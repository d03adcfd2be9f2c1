"""Tell whether a message is a follow-up to the question before it, and what the two ask together.

A message can lack its subject ("mấy giờ mở cửa?"), lack what it asks ("còn năm 2026?"), or point back ("bà ấy
bao nhiêu tuổi?"). One that has both is a question of its own, however it begins. In between, where a message
has a word or two of its own, the articles decide: one that says these words and the earlier subject together
makes it a follow-up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise, takewhile
from typing import Protocol, Self

from retrieval.question.roles import SLOTS, Part, Role, is_english, parts
from retrieval.text.analyzer import fold, term, tokens
from retrieval.text.canonical import clean, without_accents

LONGEST = 10  # words; a longer message explains itself
LONGEST_BEFORE = 40  # words; what is longer is no question whose subject could be told
# Words of a message's own: "học sinh"; with more it has a subject. Of 94 follow-ups and 94 new questions, 1
# understands 81 and 93, 2: 87 and 92, 3: 87 and 86.
FEW = 2
LONGEST_NAME = 5  # words of a message that only names something
MANY = 4  # more than anybody says who points back
# 0..1: the least share of the earlier subject that stands with a message's own words. Half takes 5 of 94 new
# questions for follow-ups, .75 and 1 take none of them.
SUBJECT_SHARE = 0.75
BETWEEN = " – "  # stands between the earlier subject and what is asked of it

_ASKING = frozenset({Role.ASKS, Role.CONFIRMS, Role.ASPECT})
_LEADING = frozenset({Role.OPENS, Role.ALSO})
_NAMES = frozenset({Role.SUBJECT, Role.NUMBER})
_GOING_ON = {("còn",), ("and",)}
_MARKS = " ,;:.?!…–-"
_LOOSE_MARK = re.compile(r"\s+(?=[,;:.?!])|(?<=\s)[,;:.?!]+\s")


class Telling(Protocol):
    """An article, as far as it is asked here. A phrase without accents stands for all accents."""

    def says(self, phrase: str) -> bool:
        """Tell whether *phrase*, terms with spaces between them, stands in its title or body."""

    def is_titled(self, phrase: str) -> bool:
        """Tell whether *phrase* stands in its title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A reading of a message together with the question before it."""

    together: str
    instead: tuple[str, ...]  # the earlier question asked of what the message names: other subjects, perhaps
    replaced: str | None  # the earlier question with a name that begins alike in the place of its like
    subject: tuple[str, ...]  # terms of the earlier question
    own: tuple[str, ...]  # the message's words for a subject, those that stand together as one
    said: str  # the message, with its accents
    says_more: bool  # False: it only names another year, or the like
    is_english: bool
    leads: bool  # whether the message begins with these words, or may as well
    is_sure: bool  # False: only if the articles bear it out
    is_bare: bool = False  # whether it only names something: "quán ăn"
    lacks_a_subject: bool = False  # whether it asks whether something does anything: "đi qua chợ không"
    is_asked: bool = False  # whether such a name has a question mark
    corrects: bool = False  # whether it says that it corrects the question before
    pointed_at: str = ""  # by "đó": "lớp" of "lớp đó học mấy giờ"

    @property
    def may_stand_alone(self) -> bool:
        """Whether it has words enough for a question of its own, or asks nothing."""
        return not self.is_sure and (self.is_long or self.is_bare)

    @property
    def is_long(self) -> bool:
        """Whether it has words enough for a subject of its own."""
        return not self.lacks_a_subject and sum(len(phrase.split()) for phrase in self.own) > FEW

    @property
    def is_needed(self) -> bool:
        """Whether it can hardly be asked without the question before."""
        return self.is_sure or self.is_asked or bool(self.instead and not self.is_bare)

    @property
    def is_a_word(self) -> bool:
        """Whether the message names one word only, which is hardly a subject."""
        return len(self.own) == 1 and " " not in self.own[0]

    def goes_on(self, article: Telling) -> bool:
        """Tell whether *article*, which answered the question before, says the message's words."""
        return all(map(article.says, self.own))

    def points_past(self, before: Iterable[Telling], alone: Iterable[Telling]) -> bool:
        """Tell whether it points at what the articles *before* do not say, and one found *alone* is about."""
        noun = self.pointed_at
        return (
            noun != ""
            and not any(article.says(noun) for article in before)
            and any(article.is_titled(noun) for article in alone)
        )

    def is_nearly_said(self, article: Telling) -> bool:
        """Tell whether *article*, which answered the question before, says most of the message's words."""
        words = {word for phrase in self.own for word in phrase.split()}
        return 2 * sum(map(article.says, words)) > len(words)

    def is_borne_out(self, articles: Iterable[Telling]) -> bool:
        """Tell whether one of *articles* says the message's words, and most of the earlier subject."""
        return any(self.goes_on(article) and self._is_subject_of(article) for article in articles)

    def is_of_another(self, alone: Iterable[Telling]) -> bool:
        """Tell whether one of the articles found *alone* is about what the message names, not the subject."""
        if self.is_a_word and not (self.leads and self.is_english):
            return False  # "xe" in "gửi xe ở đâu" is no subject
        return any(
            all(map(article.is_titled, self.own)) and not self._is_subject_of(article) for article in alone
        )

    def _is_subject_of(self, article: Telling) -> bool:
        return sum(map(article.says, self.subject)) >= SUBJECT_SHARE * len(self.subject)


def follow_up(
    message: str, before: str, restore: Callable[[str], str], *, corrects: bool = False
) -> FollowUp | None:
    """Return what *message* may mean after the question *before*; None if it stands by itself.

    *restore* gives a text typed without accents its likeliest ones, word by word. *corrects*: the message
    says that it corrects the question before.
    """
    said, before = _Text(clean(message)), clean(before)
    earlier = _Text(before.partition(BETWEEN)[0])
    if not earlier.subject or said.length > LONGEST or earlier.length > LONGEST_BEFORE:
        return None
    is_bare = said.text == without_accents(said.text)
    is_sure = _is_correction(said) if corrects else _is_sure(said, is_bare=is_bare)
    is_named = len(said.subject) > 1 and {*map(fold, said.subject)} <= {*map(fold, earlier.subject)}
    names = is_sure is None and _only_names(said)
    if (is_sure is None and not names) or (is_named and not is_sure):
        return None
    if is_bare and not is_english(said.text):
        said = said.respelled(restore(said.text))
    followed = _combined(said, _Text(before), earlier, is_sure=bool(is_sure), is_bare=names)
    return replace(followed, corrects=corrects)


def without_opening(message: str) -> str:
    """Return a *message* that stands by itself without "còn" or "and" at its beginning.

    "Còn vé không" and "còn bao nhiêu" ask what is left.
    """
    said = _Text(clean(message))
    if len(said.parts) < 2 or said.parts[0].terms not in _GOING_ON:
        return message
    is_closed = Role.CONFIRMS in said.kinds and ("có",) not in {part.terms for part in said.parts}
    asks_what_is_left = is_closed or said.parts[1].kind is Role.ASKS
    if asks_what_is_left and not is_english(said.text):
        return message
    return message[said.parts[1].start :]


class _Text:
    """A question and its parts."""

    def __init__(self, text: str, found: list[Part] | None = None) -> None:
        self.text = text
        self.parts = parts(text) if found is None else found
        self.kinds = {part.kind for part in self.parts}
        own = (word for part in self.parts if part.kind is Role.SUBJECT for word in part.terms)
        self.subject = tuple(dict.fromkeys(own))

    @property
    def length(self) -> int:
        """The number of words."""
        return sum(len(part.terms) for part in self.parts)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the subject, those that stand together joined."""
        names = (Role.SUBJECT, Role.NUMBER)  # "quầy 5" is another one than "quầy 3"
        runs = [list(run) for is_name, run in groupby(self.parts, lambda part: part.kind in names) if is_name]
        return tuple(
            " ".join(word for part in run for word in part.terms)
            for run in runs
            if any(part.kind is Role.SUBJECT for part in run)
        )

    def respelled(self, restored: str) -> Self:
        """Return the question with the accents of known phrases, and of others those *restored*."""
        read = [restored[token.start : token.end] for token in tokens(restored)]
        if len(read) != self.length:
            return self
        text, end, found = "", 0, list[Part]()
        for part in self.parts:
            text += self.text[end : part.start]
            words, read = read[: len(part.terms)], read[len(part.terms) :]
            start, end = len(text), part.end
            text += " ".join(words if part.kind is Role.SUBJECT else part.terms)
            read_as = tuple(map(term, words)) if part.kind is Role.SUBJECT else part.terms
            found.append(replace(part, terms=read_as, start=start, end=len(text)))
        return type(self)(text + self.text[end:], found)

    @property
    def opens(self) -> bool:
        return self.parts[0].kind is Role.OPENS if self.parts else False

    @property
    def does_first(self) -> bool:
        """Whether it says what is done before it names anything."""
        kinds = (part.kind for part in self.parts if part.kind is not Role.FILLS)
        return next(kinds, None) is Role.DOES

    @property
    def named(self) -> list[Part]:
        """Without "còn" and "thì sao", and without what says nothing at either end."""
        return _trimmed([part for part in self.parts if part.kind not in _LEADING], {Role.FILLS})

    def beside(self, part: Part) -> tuple[str | None, str | None]:
        """Return the words on both sides of *part*."""
        place = self.parts.index(part)
        left = self.parts[place - 1].terms[-1] if place else None
        return left, self.parts[place + 1].terms[0] if place + 1 < len(self.parts) else None

    def rewritten(self, changes: Mapping[Part, str]) -> str:
        """Return the text with other words, or none, in the place of some parts."""
        text = self.text
        for part in reversed(self.parts):
            if part in changes:
                text = text[: part.start] + changes[part] + text[part.end :]
        return " ".join(_LOOSE_MARK.sub("", text).split()).strip(_MARKS)

    def only(self, kept: Iterable[Part]) -> str:
        """Return the text of *kept* alone."""
        return self.rewritten(dict.fromkeys(set(self.parts) - set(kept), ""))


def _combined(said: _Text, whole: _Text, earlier: _Text, *, is_sure: bool, is_bare: bool) -> FollowUp:
    """Return what *said* may mean after *whole*, whose subject stands in *earlier*, the first part of it."""
    asks_more = bool(said.kinds & _ASKING)
    swaps, besides = _compared(whole, said)
    own: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    replaced = None
    if asks_more:
        together, own = _about(earlier, said), said.phrases
    elif besides:
        together, own = f"{whole.rewritten(swaps)}{BETWEEN}{said.only(besides)}?", said.phrases
        instead = tuple(dict.fromkeys(_instead(whole, len(earlier.parts), said)))
        replaced = None if swaps else _replaced(whole, said)
    else:
        together = f"{whole.rewritten(swaps)}?"
    return FollowUp(
        together=together,
        instead=instead,
        replaced=replaced,
        subject=earlier.subject,
        own=own,
        said=said.text,
        says_more=asks_more or bool(besides),
        # English asks first, whatever it asks about.
        leads=said.parts[0].kind is Role.SUBJECT or is_english(said.text),
        is_english=is_english(said.text),
        is_sure=is_sure,
        is_bare=is_bare,
        lacks_a_subject=said.does_first and Role.CONFIRMS in said.kinds,
        is_asked=is_bare and said.text.rstrip().endswith("?"),
        pointed_at=_pointed_at(said),
    )


def _pointed_at(said: _Text) -> str:
    """Return the noun before "đó"; "" if that stands by itself."""
    for end, (noun, after) in enumerate(pairwise(said.parts), start=1):
        if noun.kind is Role.SUBJECT and after.terms in {("đó",), ("ấy",)}:
            run = list(takewhile(lambda part: part.kind is Role.SUBJECT, reversed(said.parts[:end])))
            return " ".join(word for part in reversed(run) for word in part.terms)
    return ""


def _is_sure(said: _Text, *, is_bare: bool) -> bool | None:
    """Tell whether *said* needs the question before; None: it does not, False: perhaps."""
    own = len(said.subject)
    if not own:
        return True if _says_something(said) else None
    asks = bool(said.kinds & _ASKING)
    if own > MANY and (asks or is_bare or not (said.opens or Role.ALSO in said.kinds)):
        return None
    if said.kinds & {Role.POINTS, Role.ALSO}:
        return True
    if said.opens and not asks:
        return not is_bare  # "con" may be con, "the" may be thẻ
    if Role.HINTS in said.kinds:
        return own == 1
    # "lịch tiêm chủng" names a subject, "tiêm chủng lúc nào" may;
    # "còn bao nhiêu hộ nghèo" goes on with nothing.
    asks_it = bool(said.kinds & {Role.ASKS, Role.CONFIRMS})
    if own > FEW:
        return False if asks_it and not said.opens else None
    return False if said.opens or asks_it else None


def _is_correction(said: _Text) -> bool | None:
    """Tell whether a correction is of the question before; None: it is a question of its own."""
    if said.kinds & _ASKING:
        return _is_sure(said, is_bare=False)
    return True if said.subject or said.kinds & {Role.NUMBER, *SLOTS} else None


def _only_names(said: _Text) -> bool:
    """Tell whether a short message asks nothing: "quán ăn?", "cấp 2"."""
    return bool(said.subject) and said.length <= LONGEST_NAME and not said.kinds & _ASKING


def _says_something(said: _Text) -> bool:
    """Tell whether a message without a subject asks or names anything: "ừ", "không" and "3" do not."""
    if said.kinds & {Role.ASKS, Role.ALSO, Role.ASPECT, Role.POINTS, *SLOTS}:
        return True
    if said.kinds & {Role.CONFIRMS, Role.HINTS}:
        return Role.DOES in said.kinds
    return said.opens and bool(said.kinds & {Role.DOES, Role.NUMBER})


def _about(earlier: _Text, said: _Text) -> str:
    """Return what *said* asks, of the subject of *earlier*."""
    gone = said.kinds & SLOTS | {Role.ASKS, Role.CONFIRMS, Role.POINTS, Role.HINTS, *_LEADING}
    kept = _trimmed([part for part in earlier.parts if part.kind not in gone], {Role.FILLS, Role.ASPECT})
    while kept[-1].kind in {Role.DOES, Role.FILLS}:  # what it does is asked no more
        kept.pop()
    opening = said.parts[0].end if said.opens else 0
    return f"{earlier.only(kept)}{BETWEEN}{said.text[opening:].lstrip(_MARKS)}"


def _compared(before: _Text, said: _Text) -> tuple[dict[Part, str], list[Part]]:
    """Return what of *before* gives way to its like in *said*, and what else *said* names."""
    swaps: dict[Part, str] = {}
    besides: list[Part] = []
    for part in said.named:
        like = next((old for old in reversed(before.parts) if _alike(before, old, said, part)), None)
        if like is None:
            besides.append(part)
        else:
            # In "01/05/2026" stands the year alone.
            swaps[like] = part.terms[-1] if like.terms[0].isdigit() else said.text[part.start : part.end]
    known = {word for part in before.parts for word in part.terms}
    if swaps and known.issuperset(word for part in besides for word in part.terms):
        besides = []  # of "lớp 6" only "lớp" is left, which the question says already
    return swaps, _trimmed(besides, {Role.FILLS})


def _alike(before: _Text, earlier: Part, said: _Text, part: Part) -> bool:
    """Tell whether *part* names another one of what *earlier* names."""
    if part.kind is not earlier.kind:
        return False
    if part.kind is not Role.NUMBER:
        return part.kind in SLOTS
    unit = _unit(part)
    if unit or len(said.named) == 1:  # "450 thì sao", "7km"
        return _is_only_number(before, earlier) if not unit else _unit(earlier) == unit
    pairs = zip(before.beside(earlier), said.beside(part), strict=True)
    return any(left == right and left is not None for left, right in pairs)


def _unit(part: Part) -> str:
    """Return what a number is of: "km" of "7km"."""
    return part.terms[0].lstrip("0123456789.,")


def _is_only_number(text: _Text, number: Part) -> bool:
    return [part for part in text.parts if part.kind is Role.NUMBER] == [number]


def _instead(before: _Text, subjects: int, said: _Text) -> Iterator[str]:
    """Yield the question *before*, with what *said* names in place of a subject in its first parts.

    All names there give way, or those that stand together: of "ở Hà Nội" either the fire or the town is
    another one. What people do ("gửi xe") takes the place of all but what is asked.
    """
    named = said.named
    if not said.subject:
        return
    text = said.text[named[0].start : named[-1].end]
    if subjects < len(before.parts):  # all of the subject gives way, with what is done to it
        subject, _, asked = before.text.rpartition(BETWEEN)
        if not {part.kind for part in before.parts[subjects:]} & _ASKING:  # another name was asked of last
            yield f"{subject}{BETWEEN}{text}?"
        yield f"{text}{BETWEEN}{asked}"
        return
    if named[0].kind is Role.DOES:
        asked = before.only(part for part in before.parts if part.kind in _ASKING)
        if asked:
            yield f"{text}{BETWEEN}{asked}?"
        return
    first = before.parts[:subjects]
    runs = [list(run) for is_name, run in groupby(first, lambda part: part.kind in _NAMES) if is_name]
    for run in [list(chain.from_iterable(runs)), *runs]:
        changes = dict.fromkeys(run, "") | {run[0]: text}
        yield f"{before.rewritten(changes)}?"


def _replaced(whole: _Text, said: _Text) -> str | None:
    """Return the question *whole* with what *said* names in the place of a name with a word in common.

    "Sinh thường bao nhiêu", "sinh mổ": "sinh mổ bao nhiêu". None if they share no word, or all of them.
    """
    named = [part for part in said.named if part.kind is Role.SUBJECT]
    known = {part.terms for part in whole.parts}
    if all(part.terms in known for part in named):
        return None
    for part in named:
        for place, old in enumerate(whole.parts):
            if old.kind is Role.SUBJECT and old.terms == part.terms:
                run = list(takewhile(lambda each: each.kind in _NAMES, whole.parts[place:]))
                changes = dict.fromkeys(run, "") | {old: said.text[said.named[0].start : said.named[-1].end]}
                return f"{whole.rewritten(changes)}?"
    return None


def _trimmed(kept: list[Part], kinds: set[Role]) -> list[Part]:
    """Return *kept* without what is of *kinds* at either end."""
    places = [place for place, part in enumerate(kept) if part.kind not in kinds]
    return kept[places[0] : places[-1] + 1] if places else []
