"""The second message: together with the question before it, in its words of something else, or by itself."""

from dataclasses import dataclass, replace
from functools import cached_property

from retrieval.answering.attempt import attempt, words_matched
from retrieval.answering.said import ArticleWords
from retrieval.answering.search import Search
from retrieval.answering.trial import Trial
from retrieval.question.followup.followup import FollowUp
from retrieval.question.operators import Asked
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.ranking.selection import Selected

# 1..2: what a hit's score counts if its article answered the question before, and more is asked of its
# subject. Of 94 follow-ups 1.1 to 2 understand 87, and 1 understands 85.
GOING_ON = 1.25


def followed_up(search: Search, asked: Asked, before: Asked, followed: FollowUp) -> Trial:
    """Return what *asked* means after the question *before*.

    If the articles do not bear out that they belong together, it is meant by itself, or asks the same of
    something else. If it names what the answer before says and what another article is about, either may be
    meant (``Trial.other``).
    """
    second = _Second(search, asked, before, followed)
    trial = second.meant()
    is_open = not (trial.found.answered or trial.other)
    return (second.likewise() if is_open else None) or trial


@dataclass(frozen=True)
class _Second:
    """A message that may belong to the question *before*, and its readings."""

    search: Search
    asked: Asked
    before: Asked
    followed: FollowUp

    @cached_property
    def answered(self) -> Trial:
        """The question before, as it was answered."""
        return attempt(self.search, self.before, limit=1)

    @cached_property
    def alone(self) -> Trial:
        """The message by itself."""
        return attempt(self.search, self.asked)

    @cached_property
    def shown(self) -> list[ArticleWords]:
        """What the answer before says."""
        return _said(self.answered)

    def meant(self) -> Trial:
        """Return it together with the question before, if the articles bear that out, or alone."""
        followed = self.followed
        together = self.read(followed.together)
        if not (followed.says_more or followed.may_stand_alone or followed.replaced):
            return together
        answered = self.answered
        if followed.is_of_somebody and not answered.found.answered:  # nobody knows whom
            return _unanswered(together)
        goes_on = any(map(followed.goes_on, self.shown)) or self.goes_on_otherwise(together)
        if goes_on and followed.says_more:
            together = _going_on(together, answered)
        if not followed.own:
            return together
        is_open = followed.is_bare or followed.corrects or not followed.is_sure
        alone = self.alone if is_open or followed.pointed_at else None
        if alone and (self.is_of_all or (alone.found.answered and self.is_past(alone))):
            return alone
        is_another = alone is not None and followed.is_of_another(_said(alone))
        if other := self.instead(together, goes_on=goes_on, is_another=is_another):
            return other
        if followed.is_office and (holder := self.in_office()):
            return holder
        if goes_on and followed.is_needed and not together.found.answered:
            # "còn bí thư?" of the same article
            others = [_going_on(self.read(text), answered) for text in followed.instead]
            together = _answering(self.search, others, together, followed) or together
        if goes_on or (not followed.may_stand_alone and followed.is_borne_out(_said(together))):
            return _chosen(together, alone, followed) if alone and is_another else together
        return self.apart(together, self.alone)

    def read(self, text: str) -> Trial:
        """Try *text*, in the words of the question before, for what is asked."""
        asked = self.search.tools.read(self.asked.following(self.before, text))
        return replace(attempt(self.search, asked), said=self.followed.said)

    def goes_on_otherwise(self, together: Trial) -> bool:
        """Tell whether the article that answered before says the message's words in another wording.

        It must answer both *together* as well: "người già?" of "vé xe buýt" if it says "từ 60 tuổi".
        """
        own, found = self.followed.own, together.found
        if not (own and self.is_same(together)):
            return False
        return words_matched(self.search, found).issuperset(word for phrase in own for word in phrase.split())

    def is_same(self, together: Trial) -> bool:
        """Tell whether the article that answered before answers *together* as well."""
        return together.found.answered and together.found.keys[:1] == self.answered.found.keys[:1]

    @property
    def is_of_all(self) -> bool:
        """Whether the message begins with another subject that most articles name: "phường" of a ward's."""
        followed, index = self.followed, self.answered.found.index
        word = followed.own[0]
        is_new = followed.says_of_it and followed.is_a_word and word not in followed.subject
        if not is_new or followed.is_needed or any(article.is_titled(word) for article in self.shown):
            return False
        return 2 * len(index.articles_with(index.keys_of([word]))) > int(index.article_bases[-1])

    def is_past(self, alone: Trial) -> bool:
        """Tell whether the message, which is answered *alone*, goes back behind the question before."""
        followed = self.followed
        if followed.points_past(self.shown, _said(alone)[:1]):
            return True  # "lớp đó", two questions later
        return followed.is_long and not (followed.is_bare or followed.corrects)

    def instead(self, together: Trial, *, goes_on: bool, is_another: bool) -> Trial | None:
        """Return what is asked of another thing in place of the one before, if that is surely meant."""
        followed = self.followed
        if (
            followed.replaced
            and (followed.is_needed or not is_another)
            and (goes_on or followed.is_asked or not followed.may_stand_alone)
        ):
            replaced = self.read(followed.replaced)
            replaced = _going_on(replaced, self.answered) if goes_on else replaced
            if replaced.found.answered:
                return replaced
        if is_another and followed.corrects and followed.instead:  # another noun, and its own article
            others = list(map(self.read, followed.instead))
            return _answering(self.search, others, together, followed) or together
        return None

    def in_office(self) -> Trial | None:
        """Return who holds the office that the message names, if nothing is said of what was asked last."""
        alone = self.alone
        is_known = any(self.read(text).found.answered for text in self.followed.instead)
        is_said = alone.found.answered and any(map(self.followed.goes_on, _said(alone)[:1]))
        return alone if is_said and not is_known else None

    def apart(self, together: Trial, alone: Trial) -> Trial:
        """Return what is meant if nothing shown bears out that it belongs *together*."""
        followed = self.followed
        if followed.is_of_people and followed.is_needed:
            return _unanswered(together)
        is_nearly_said = any(map(followed.is_nearly_said, self.shown))
        if followed.is_needed:
            others = list(map(self.read, followed.instead))
            if (other := _answering(self.search, others, alone, followed)) is not None:
                is_title = followed.is_of_another(_said(other))
                is_here = followed.corrects and is_nearly_said and not is_title and self.is_same(together)
                return together if is_here else other  # "hộ bán quán ăn" pays its fee, too
            if followed.is_of_another(_said(alone)):
                return alone
            return others[0] if others and not is_nearly_said else _going_on(together, self.answered)
        is_rather = not alone.found.answered and together.found.answered
        is_same = alone.found.keys[:1] == together.found.keys[:1] == self.answered.found.keys[:1]
        if is_same and alone.found.answered and together.found.answered:
            return together  # "giá vé" of the bus, as the article before says both
        return _going_on(together, self.answered) if is_rather and is_nearly_said else alone

    def likewise(self) -> Trial | None:
        """Return the answer to the same as before of something else, if there is one."""
        trials = map(self.read, self.followed.likewise)
        return next((trial for trial in trials if trial.found.answered), None)


def _chosen(together: Trial, alone: Trial, followed: FollowUp) -> Trial:
    """Return what is meant by words that the answer before says, and that another article is about."""
    if followed.is_needed or followed.lacks_a_subject:
        return together
    is_either = followed.is_bare and together.found.answered and alone.found.answered
    is_same = together.found.keys[:1] == alone.found.keys[:1]
    return replace(together, other=alone) if is_either and not is_same else alone


def _answering(search: Search, others: list[Trial], alone: Trial, followed: FollowUp) -> Trial | None:
    """Return which of *others* an article says the most of, or *alone*; None without an answer.

    Of two that are said alike, it is the one that names more.
    """

    def borne_out(trial: Trial) -> tuple[float, int, float]:
        names = [word for part in parts(trial.asked.bare) if part.kind is Role.SUBJECT for word in part.terms]
        matched = words_matched(search, trial.found)
        says = _said(trial)[0].says
        said = sum(word in matched or says(word) for word in names)
        return said / max(1, len(names)), said, trial.found.confidence

    answered = [trial for trial in others if trial.found.answered]
    is_own = followed.is_asked or (
        followed.corrects and not answered and followed.is_of_another(_said(alone))
    )
    if alone.found.answered and is_own:
        answered.append(alone)
    return max(answered, key=borne_out, default=None)


def _unanswered(trial: Trial) -> Trial:
    """Return *trial* without an answer: of what it goes on with, nothing is said."""
    return replace(trial, whole=replace(trial.whole, confidence=0.0), narrowed=None, going_on=None)


def _said(trial: Trial) -> list[ArticleWords]:
    return [ArticleWords(trial.found.index, article) for article in trial.found.articles]


def _going_on(trial: Trial, before: Trial) -> Trial:
    """Return *trial* with the article first that *before* found, if others score little more.

    What is said of its subject is then as sure to be answered as the question before was, unless it says
    another thing than what is asked of it now.
    """
    found, same = trial.found, before.found.keys[0]
    is_same = {hit.article: key == same for hit, key in zip(found.selected, found.keys, strict=True)}

    def order(hit: Selected) -> float:
        return -hit.score * (GOING_ON if is_same[hit.article] else 1.0)

    selected = tuple(sorted(found.selected, key=order))
    if not selected or not is_same[selected[0].article]:
        return trial
    is_another = found.doubts.another >= 1 and found.keys[:1] == [same]
    confidence = found.confidence if is_another else max(found.confidence, before.found.confidence)
    return replace(trial, going_on=replace(found, selected=selected, confidence=confidence))
