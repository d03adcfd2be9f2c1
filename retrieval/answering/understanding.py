"""Search every way in which a question may be meant, and let the articles decide.

Plain words may restrict it ("trong năm 2016"), or be what it is about. It may go on with the question before
("còn năm 2026?"), or stand by itself. What is compared are trials, which hold passages but no excerpts.
"""

from dataclasses import replace
from itertools import islice

from retrieval.answering.days import of_days
from retrieval.answering.proposal import proposals
from retrieval.answering.said import ArticleWords
from retrieval.answering.search import Search
from retrieval.answering.trial import Found, Trial
from retrieval.question.followup.followup import FollowUp, follow_up, without_opening
from retrieval.question.followup.opening import opening
from retrieval.question.halves import asking_clauses
from retrieval.question.hint import Hint, hint
from retrieval.question.operators import Asked
from retrieval.question.parts import parts
from retrieval.question.roles import SLOTS, Role
from retrieval.question.times.calendar import asks_now, asks_what_holds, without_now
from retrieval.ranking.selection import Selected
from retrieval.restriction import Mistake
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean

# 1..2: what a hit's score counts if its article answered the question before, and more is asked of its
# subject. Of 94 follow-ups 1.1 to 2 understand 87, and 1 understands 85.
GOING_ON = 1.25
# Words: a date or a quotation in a longer text belongs to what is told, and each proposal costs a search.
LONGEST_HINTING = 40
MOST_CLAUSES = 3  # of a message that are asked alone: each costs a search


def understood(search: Search, question: str, after: str | None) -> Trial | Mistake:
    """Return the best way to understand *question*, asked *after* another one; or why it cannot be asked."""
    before = search.tools.read(after) if after else None
    opened = opening(clean(question)) if before else None
    asked = search.tools.read(opened.text if opened else question)
    corrects = opened is not None and opened.corrects
    if before is not None and before.refusal is None and not asked.mistake:
        if (more := _restricting(search, asked, before)) is not None:
            return attempt(search, search.tools.read(asked.following(before, more)))
        followed = follow_up(
            asked.bare, before.bare, lambda text: search.parse(text).understood_as, corrects=corrects
        )
        if followed:
            followed_up = _follow(search, asked, before, followed)
            return _asked_likewise(search, asked, before, followed, followed_up) or followed_up
        asked = search.tools.read(without_opening(asked.question))
    return asked.refusal or _by_clause(search, clean(question), attempt(search, asked))


def _by_clause(search: Search, message: str, whole: Trial) -> Trial:
    """Return *whole*, what all of *message* finds, or if that is no answer, the one to a clause of it.

    What somebody tells of himself beside his question is not always known for that.
    """
    if whole.found.answered or whole.asked.operators:
        return whole
    read = [search.tools.read(clause) for clause in islice(asking_clauses(message), MOST_CLAUSES)]
    tried = [attempt(search, clause) for clause in read if not clause.refusal]
    return max([whole, *tried], key=lambda trial: trial.found.confidence)


def attempt(search: Search, asked: Asked, *, limit: int | None = None) -> Trial:
    """Search for *asked*: by all of its words, and with each restriction that some of them may mean.

    Such a restriction counts only if articles like that answer the question.
    """
    among = search.among(asked.restriction, search.within)
    timed = of_days(search, asked, among, limit)
    if timed is not None and (timed.missed is None or _is_long(timed.whole)):
        return timed
    whole = search.search(_without_now(search, asked), among, limit=limit, context=asked.context)
    plain = timed or Trial(asked=asked, among=among, whole=whole)
    if _is_long(whole):
        return plain
    hinted = _hint(search, asked.bare)
    if hinted and (not hinted.leaves_a_question or _says(search, whole, hinted)):
        hinted = None
    for proposal in proposals(asked, hinted):
        narrowed = search.search(proposal.text, search.among(proposal.restriction, among), limit=limit)
        if narrowed.answered and narrowed.best >= proposal.least * whole.best:
            return Trial(asked=asked, among=among, whole=whole, proposal=proposal, narrowed=narrowed)
    return plain


def _without_now(search: Search, asked: Asked) -> str:
    """Return what *asked* says without "today": what holds now is asked for, and no article need say it."""
    is_now = asks_now(asked.text) and asks_what_holds(asked.text, search.tools.clock().date())
    return without_now(asked.text) if is_now else asked.text


def _is_long(found: Found) -> bool:
    return len(found.query.reading.words) > LONGEST_HINTING


def _hint(search: Search, text: str) -> Hint | None:
    return hint(text, search.tools.sources, search.tools.clock().date())


def _says(search: Search, found: Found, hinted: Hint) -> bool:
    """Tell whether the answer says a date itself, and some of the rest: then the question is about it."""
    if not (found.answered and found.selected and hinted.numbers):
        return False
    said = _matched(search, found)
    return {*hinted.numbers} <= said and not said.isdisjoint(terms(hinted.rest))


def _restricting(search: Search, asked: Asked, before: Asked) -> str | None:
    """Return the question *before* with the restriction that is all of *asked*; None if it is not."""
    if asked.is_silent:
        return before.bare
    hinted = _hint(search, asked.bare)
    named = {part.kind for part in parts(asked.bare)} & SLOTS
    if not hinted or not hinted.is_all or named & {part.kind for part in parts(before.bare)}:
        return None  # one year in the place of another is a follow-up like others
    earlier = _hint(search, before.bare)
    kept = earlier.rest if earlier and earlier.is_of_same_kind(hinted) else before.bare
    return f"{kept.rstrip(' ?.!,')}, {hinted.said}"  # not "một năm tháng trước"


def _follow(search: Search, asked: Asked, before: Asked, followed: FollowUp) -> Trial:
    """Return what *asked* means after the question *before*.

    If the articles do not bear out that they belong together, it is meant by itself, or asks the same of
    something else. If it names what the answer before says and what another article is about, either may be
    meant (``Trial.other``).
    """

    def reading(text: str) -> Trial:
        return replace(attempt(search, search.tools.read(asked.following(before, text))), said=followed.said)

    together = reading(followed.together)
    if not (followed.says_more or followed.may_stand_alone or followed.replaced):
        return together
    answered = attempt(search, before, limit=1)
    if followed.is_of_somebody and not answered.found.answered:  # nobody knows whom
        return _unanswered(together)
    shown = _said(answered)
    goes_on = any(map(followed.goes_on, shown)) or _goes_on_otherwise(search, together, answered, followed)
    if goes_on and followed.says_more:
        together = _going_on(together, answered)
    if not followed.own:
        return together
    is_open = followed.is_bare or followed.corrects or not followed.is_sure
    alone = attempt(search, asked) if is_open or followed.pointed_at else None
    if alone and alone.found.answered and followed.points_past(shown, _said(alone)[:1]):
        return alone  # "lớp đó", two questions later
    is_another = alone is not None and followed.is_of_another(_said(alone))
    if alone and alone.found.answered and followed.is_long and not (followed.is_bare or followed.corrects):
        return alone
    if (
        followed.replaced
        and (followed.is_needed or not is_another)
        and (goes_on or followed.is_asked or not followed.may_stand_alone)
    ):
        replaced = reading(followed.replaced)
        replaced = _going_on(replaced, answered) if goes_on else replaced
        if replaced.found.answered:
            return replaced
    if is_another and followed.corrects and followed.instead:  # another noun, and its own article
        other = _answering(search, list(map(reading, followed.instead)), together, followed)
        return other or together
    if goes_on and followed.is_needed and not together.found.answered:  # "còn bí thư?" of the same article
        others = [_going_on(reading(text), answered) for text in followed.instead]
        together = _answering(search, others, together, followed) or together
    if goes_on or (not followed.may_stand_alone and followed.is_borne_out(_said(together))):
        return _chosen(together, alone, followed) if alone and is_another else together
    alone = alone or attempt(search, asked)
    if followed.is_of_people and followed.is_needed:
        return _unanswered(together)
    if followed.is_needed:
        others = list(map(reading, followed.instead))
        if (other := _answering(search, others, alone, followed)) is not None:
            return other
        if followed.is_of_another(_said(alone)):
            return alone
        if others and not any(map(followed.is_nearly_said, shown)):
            return others[0]
        return _going_on(together, answered)
    is_rather = not alone.found.answered and together.found.answered
    is_same = alone.found.keys[:1] == together.found.keys[:1] == answered.found.keys[:1]
    if is_same and alone.found.answered and together.found.answered:
        return together  # "giá vé" of the bus, as the article before says both
    return _going_on(together, answered) if is_rather and any(map(followed.is_nearly_said, shown)) else alone


def _asked_likewise(
    search: Search, asked: Asked, before: Asked, followed: FollowUp, trial: Trial
) -> Trial | None:
    """Return what *asked* means if it asks the same as *before* of something else; None if *trial* does."""
    if trial.found.answered or trial.other:
        return None
    others = [
        replace(attempt(search, search.tools.read(asked.following(before, text))), said=followed.said)
        for text in followed.likewise
    ]
    return next((other for other in others if other.found.answered), None)


def _goes_on_otherwise(search: Search, together: Trial, before: Trial, followed: FollowUp) -> bool:
    """Tell whether the article that answered *before* says the message's words in another wording.

    It must answer both *together* as well: "người già?" of "vé xe buýt" if it says "từ 60 tuổi".
    """
    found = together.found
    if not (followed.own and found.answered and found.keys[:1] == before.found.keys[:1]):
        return False
    return _matched(search, found).issuperset(word for phrase in followed.own for word in phrase.split())


def _matched(search: Search, found: Found) -> set[str]:
    """Return the question's words that the best hit says, in any wording; it has one."""
    best, index = found.selected[0], found.index
    return {*search.matched(found, best, index.keys_of(terms(index.article(best.article).title)))}


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
        matched = _matched(search, trial.found)
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
