"""Try one way in which a question may be meant: by its words, and by each restriction that some may mean."""

from retrieval.answering.days import of_days
from retrieval.answering.proposal import proposals
from retrieval.answering.search import Search
from retrieval.answering.trial import Found, Trial
from retrieval.question.hint import Hint, hint
from retrieval.question.operators import Asked
from retrieval.question.times.calendar import asks_now, asks_what_holds, without_now
from retrieval.text.analyzer import terms

# Words: a date or a quotation in a longer text belongs to what is told, and each proposal costs a search.
LONGEST_HINTING = 40


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
    hinted = hint_of(search, asked.bare)
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


def _says(search: Search, found: Found, hinted: Hint) -> bool:
    """Tell whether the answer says a date itself, and some of the rest: then the question is about it."""
    if not (found.answered and found.selected and hinted.numbers):
        return False
    said = words_matched(search, found)
    return {*hinted.numbers} <= said and not said.isdisjoint(terms(hinted.rest))


def hint_of(search: Search, text: str) -> Hint | None:
    """Return the restriction that words of *text* may mean, today; None if there is none."""
    return hint(text, search.tools.sources, search.tools.clock().date())


def words_matched(search: Search, found: Found) -> set[str]:
    """Return the question's words that the best hit says, in any wording; it has one."""
    best, index = found.selected[0], found.index
    return {*search.matched(found, best, index.keys_of(terms(index.article(best.article).title)))}
