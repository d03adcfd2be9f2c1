"""Search every way in which a question may be meant, and let the articles decide.

Plain words may restrict it ("trong năm 2016"), or be what it is about. It may go on with the question before
("còn năm 2026?"), or stand by itself. What is compared are trials, which hold passages but no excerpts.
"""

from dataclasses import replace
from itertools import islice

from retrieval.answering.attempt import attempt, hint_of
from retrieval.answering.search import Search
from retrieval.answering.second import followed_up
from retrieval.answering.trial import Trial, best_of
from retrieval.question.followup.followup import follow_up, without_opening
from retrieval.question.followup.opening import opening
from retrieval.question.kind import Kind, kinds_asked
from retrieval.question.manners.cores import cores
from retrieval.question.operators import Asked
from retrieval.question.parts import parts
from retrieval.question.roles import SLOTS
from retrieval.ranking.confidence import ANSWERED
from retrieval.restriction import Mistake
from retrieval.text.canonical import clean

MORE_OF_IT = 0.2  # 0..1: the least confidence in more of the article that answered the question before
MOST_CORES = 4  # of a message that are asked alone: each costs a search
SURE_AS_ASKED = 0.9  # 0..1: with this confidence nothing else is tried


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
            return _of_article(search, before, followed_up(search, asked, before, followed))
        asked = search.tools.read(without_opening(asked.question))
    if asked.refusal:
        return asked.refusal
    trial = _by_clause(search, clean(question), attempt(search, asked))
    return _of_article(search, before, trial) if before and not before.refusal else trial


def _of_article(search: Search, before: Asked, trial: Trial) -> Trial:
    """Return *trial*, answered by less if it is of the very article that answered the question *before*."""
    found = trial.found
    is_open = not found.answered and found.confidence >= MORE_OF_IT and found.doubts.another < 1
    if is_open and Kind.YES_NO in kinds_asked(found.query.understood_as):
        is_open = best_of(found).says == 1  # "có dạy bơi không" is no question of any pool
    if not is_open or trial.other or attempt(search, before, limit=1).found.keys[:1] != found.keys[:1]:
        return trial
    return replace(trial, going_on=replace(found, confidence=ANSWERED))


def _by_clause(search: Search, message: str, whole: Trial) -> Trial:
    """Return *whole*, what all of *message* finds, or if that is no answer, the one to a clause of it.

    What somebody says beside his question is not always known for that.
    """
    if whole.found.confidence >= SURE_AS_ASKED or whole.asked.operators:
        return whole
    read = [search.tools.read(core) for core in islice(cores(message), MOST_CORES)]
    if whole.found.answered:  # what is told beside the same words has helped
        read = [asked for asked in read if asked.text != whole.asked.text]
    others = {asked.text: asked for asked in read if not asked.refusal and asked != whole.asked}
    tried = [attempt(search, asked) for asked in others.values()]
    best = max([whole, *tried], key=lambda trial: trial.found.confidence)
    is_same = best.found.keys[:1] == whole.found.keys[:1]
    return whole if whole.found.answered and is_same else best  # more words choose the better excerpt


def _restricting(search: Search, asked: Asked, before: Asked) -> str | None:
    """Return the question *before* with the restriction that is all of *asked*; None if it is not."""
    if asked.is_silent:
        return before.bare
    hinted = hint_of(search, asked.bare)
    named = {part.kind for part in parts(asked.bare)} & SLOTS
    if not hinted or not hinted.is_all or named & {part.kind for part in parts(before.bare)}:
        return None  # one year in the place of another is a follow-up like others
    earlier = hint_of(search, before.bare)
    kept = earlier.rest if earlier and earlier.is_of_same_kind(hinted) else before.bare
    return f"{kept.rstrip(' ?.!,')}, {hinted.said}"  # not "một năm tháng trước"
