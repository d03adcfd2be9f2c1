"""Tell whether a message is a follow-up to the question before it, and what the two ask together.

A message can lack its subject ("mấy giờ mở cửa?"), lack what it asks ("còn năm 2026?"), or point back ("bà ấy
bao nhiêu tuổi?"). One that has both is a question of its own, however it begins. In between, if a message
has a word or two of its own, the articles decide: one that says these words and the earlier subject together
makes it a follow-up.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from retrieval.question.followup.combination import (
    ASKING_ROLES,
    BETWEEN,
    asked_about,
    compared,
    instead_of,
    pointed_at,
    points_at_somebody,
    replaced_in,
)
from retrieval.question.followup.saying import LEADING, Saying
from retrieval.question.kind import Kind, kinds_asked
from retrieval.question.parts import is_english
from retrieval.question.roles import SLOTS, Role
from retrieval.text.analyzer import fold
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

# They are no subject in the place of another: of "còn trẻ em?" behind the fee of a card the card goes on.
_PEOPLE = re.compile(
    "trẻ em|trẻ con|trẻ nhỏ|em bé|thiếu nhi|người (?:lớn|già|cao tuổi|khuyết tật|nước ngoài)|học sinh"
    "|sinh viên|hộ (?:nghèo|cận nghèo)|phụ nữ|khách|cư dân|công nhân|giáo viên"
    "|children|kids|adults|students|seniors"
)
_GOING_ON = {("còn",), ("and",)}
# What happens to it, the question before has said: "ấp 3 có bị không", "có được không".
_SAYS_NOT_WHAT = re.compile(r"\bcó (?:bị|được|đc|dc)(?: gì)? (?:không|ko|k|hông|hong|hok|khum|hem)\W*$")


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
    likewise: tuple[str, ...]  # the same of what a message names that asks the same once more
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
    is_of_people: bool = False  # whether it names only for whom the same is asked: "còn trẻ em?"
    says_of_it: bool = False  # whether it asks what a word that it begins with has: "xã có mấy chợ"
    is_office: bool = False  # whether it names an office where more than who holds another was asked
    is_of_somebody: bool = False  # whether it asks about the person whom the question before asked for

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
    said, before = Saying(clean(message)), clean(before)
    earlier = Saying(before.partition(BETWEEN)[0])
    if not earlier.subject or said.length > LONGEST or earlier.length > LONGEST_BEFORE:
        return None
    is_bare = said.text == without_accents(said.text)
    is_sure = _is_correction(said) if corrects else _is_sure(said, is_bare=is_bare)
    is_named = len(said.subject) > 1 and {*map(fold, said.subject)} <= {*map(fold, earlier.subject)}
    is_named = is_named and not _numbers_another(said, earlier)
    names = is_sure is None and _only_names(said)
    if (is_sure is None and not names) or (is_named and not is_sure):
        return None
    if is_bare and not is_english(said.text):
        said = said.respelled(restore(said.text))
    followed = _combined(said, Saying(before), earlier, is_sure=bool(is_sure), is_bare=names)
    return replace(followed, corrects=corrects)


def only_names(message: str) -> bool:
    """Tell whether a *message* is short and asks nothing by itself: "còn trẻ em?"."""
    return _only_names(Saying(clean(message)))


def without_opening(message: str) -> str:
    """Return a *message* that stands by itself without "còn" or "and" at its beginning.

    "Còn vé không" and "còn bao nhiêu" ask what is left.
    """
    said = Saying(clean(message))
    if len(said.parts) < 2 or said.parts[0].terms not in _GOING_ON:
        return message
    is_closed = Role.CONFIRMS in said.kinds and ("có",) not in {part.terms for part in said.parts}
    asks_what_is_left = is_closed or said.parts[1].kind is Role.ASKS
    if asks_what_is_left and not is_english(said.text):
        return message
    return message[said.parts[1].start :]


def _combined(said: Saying, whole: Saying, earlier: Saying, *, is_sure: bool, is_bare: bool) -> FollowUp:
    """Return what *said* may mean after *whole*, whose subject stands in *earlier*, the first part of it."""
    asks_more = bool(said.kinds & ASKING_ROLES)
    swaps, besides = compared(whole, said)
    own: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    likewise: tuple[str, ...] = ()
    replaced = None
    if asks_more:
        together, own = asked_about(earlier, said), said.phrases
        likewise = _likewise(whole, earlier, said)
    elif besides:
        together, own = f"{whole.rewritten(swaps)}{BETWEEN}{said.only(besides)}?", said.phrases
        instead = tuple(dict.fromkeys(instead_of(whole, len(earlier.parts), said)))
        replaced = None if swaps else replaced_in(whole, said)
    else:
        together = f"{whole.rewritten(swaps)}?"
    return FollowUp(
        together=together,
        instead=instead,
        likewise=likewise,
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
        pointed_at=pointed_at(said),
        is_of_people=said.subject != () and _PEOPLE.fullmatch(" ".join(said.subject)) is not None,
        is_office=BETWEEN in whole.text
        and not asks_more
        and Kind.PERSON in kinds_asked(said.only(said.named)),
        says_of_it=said.does_have,
        is_of_somebody=points_at_somebody(said) and Kind.PERSON in kinds_asked(whole.text),
    )


def _likewise(whole: Saying, earlier: Saying, said: Saying) -> tuple[str, ...]:
    """Return the question *whole*, asked of what *said* names, if that asks for the same kind of thing."""
    if Role.ASKS not in said.kinds or set(kinds_asked(said.text)).isdisjoint(kinds_asked(whole.text)):
        return ()
    names = Saying(said.only(part for part in said.parts if part.kind not in ASKING_ROLES | LEADING))
    return tuple(dict.fromkeys(instead_of(whole, len(earlier.parts), names)))


def _is_sure(said: Saying, *, is_bare: bool) -> bool | None:
    """Tell whether *said* needs the question before; None: it does not, False: perhaps."""
    own = len(said.subject)
    if not own:
        return True if _says_something(said) else None
    asks = bool(said.kinds & ASKING_ROLES)
    if own > MANY and (asks or is_bare or not (said.opens or Role.ALSO in said.kinds)):
        return None
    if said.kinds & {Role.POINTS, Role.ALSO} or _SAYS_NOT_WHAT.search(said.text.lower()):
        return True
    if said.opens and not asks:
        return not is_bare  # "con" may be con, "the" may be thẻ
    if Role.HINTS in said.kinds:
        return own == 1
    # "lịch tiêm chủng" names a subject, "tiêm chủng lúc nào" and "học phí" may;
    # "còn bao nhiêu hộ nghèo" goes on with nothing.
    asks_it = bool(said.kinds & {Role.ASKS, Role.CONFIRMS}) or (own == 1 and asks and said.length == FEW)
    if own > FEW:
        return False if asks_it and not said.opens else None
    return False if said.opens or asks_it else None


def _is_correction(said: Saying) -> bool | None:
    """Tell whether a correction is of the question before; None: it is a question of its own."""
    if said.kinds & ASKING_ROLES:
        return _is_sure(said, is_bare=False)
    return True if said.subject or said.kinds & {Role.NUMBER, *SLOTS} else None


def _only_names(said: Saying) -> bool:
    """Tell whether a short message asks nothing: "quán ăn?", "cấp 2"."""
    return bool(said.subject) and said.length <= LONGEST_NAME and not said.kinds & ASKING_ROLES


def _numbers_another(said: Saying, earlier: Saying) -> bool:
    """Tell whether *said* only names another one of what was asked about: "khu phố 12" after "khu phố 3"."""
    numbering = {Role.NUMBER, *SLOTS}
    known = {part.terms for part in earlier.parts if part.kind in numbering}
    is_another = any(part.kind in numbering and part.terms not in known for part in said.parts)
    return is_another and not said.kinds & ASKING_ROLES


def _says_something(said: Saying) -> bool:
    """Tell whether a message without a subject asks or names anything: "ừ", "không" and "3" do not."""
    if said.kinds & {Role.ASKS, Role.ALSO, Role.ASPECT, Role.POINTS, *SLOTS}:
        return True
    if said.kinds & {Role.CONFIRMS, Role.HINTS}:
        return Role.DOES in said.kinds
    return said.opens and bool(said.kinds & {Role.DOES, Role.NUMBER})
