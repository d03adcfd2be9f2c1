"""The way of a question through one snapshot of the collection: read this page from top to bottom.

    typed      "lịch thu gom rác từ:2016"
    read       operators apart from what is asked       ``question.operators``, by ``understanding``
    parse      words → terms, each with its weight      ``query.query``
    nominees   the articles that are ranked             ``ranking.nominees``
    find       the first stage: candidates by BM25      ``ranking.candidates``
    rerank     a second look at these: words together   ``ranking.rerank``
    nearest    of about equals, what is asked for near  ``nearest``
    confidence how sure the best of them is an answer   ``ranking.confidence``
    select     hits: one an article, copies as one      ``ranking.selection``
    answer     what is shown of each hit                ``excerpt``

A question may be meant in several ways: with the question before it, or restricted by its plain words. Each
way is searched as far as ``select`` (``Search.search``), and these light values are compared
(``understanding``). Articles are opened, and excerpts cut, for the winner alone (``Search.answer``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from retrieval.answer import Answer, Hit, Passage
from retrieval.answering.excerpt import Excerpts
from retrieval.answering.nearest import nearest
from retrieval.answering.trial import Found, Trial, asked_of, understood_as
from retrieval.article import Article
from retrieval.index.among import Among
from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.query.query import Parser, Query
from retrieval.question.operators import Asked, read
from retrieval.question.parts import is_english
from retrieval.question.sources import Sources
from retrieval.question.times.calendar import asks_what_holds, names_what_holds
from retrieval.ranking.candidates import find
from retrieval.ranking.compounds import torn
from retrieval.ranking.confidence import ANSWERED, NO_DOUBTS, Doubts, looks_near, odds
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.nominees import Articles, Nominees
from retrieval.ranking.rerank import Ranked, rerank
from retrieval.ranking.selection import Selected, select
from retrieval.ranking.slots import Slots, slots
from retrieval.restriction import Restriction
from retrieval.text.analyzer import analyse, fold, terms
from retrieval.text.language import asks_in_english

# 0..1: how much more of the question the best window must cover with a mistake mended, to suggest that. Of
# questions with one wrong tone mark .1 mends 28 %, 94 % of these rightly; of 600 right ones it doubts none.
CLEARLY_MORE = 0.1
# 0..1: among Vietnamese articles one in English may say a little of any question; .7 to .85 do alike.
SURE_IN_ENGLISH = 0.75
SHORTEST_HEADLINE = 5  # words; "Lịch tiêm chủng" may be asked as well, of the newest
LONGEST_TO_MEND = 24  # words; nobody reads a longer question twice, and mending it would take the longest
_ROUNDING = 1e-6  # a sum of shares that together are 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The tools with which every question to one snapshot is answered."""

    articles: Articles
    parser: Parser
    translating: Parser | None  # with other languages' words too, for what has no answer in its own
    sources: Sources
    clock: Callable[[], datetime]  # the moment it is now, aware

    def read(self, question: str) -> Asked:
        """Take *question* apart."""
        return read(question, self.sources, self.parser.are_one)


class Search:
    """One question on its way. Made anew for each question; it parses no text twice."""

    def __init__(
        self, tools: Tools, *, limit: int, among: Among | None = None, besides: Hit | None = None
    ) -> None:
        """*limit*: the most hits; *among*: the only articles that may answer, None for all.

        *besides* was shown just before: its article is quoted elsewhere.
        """
        self.tools = tools
        self.limit = limit
        self.within = among
        self.besides = besides
        self._queries: dict[str, Query] = {}

    def search(self, text: str, among: Among | None, *, limit: int | None = None, context: str = "") -> Found:
        """Search the articles *among* some (None: all) for *text*: the way of a question, stage by stage.

        *limit* is that of the hits, if not the search's own; *context* is told beside the question.
        """
        query = self.parse(text)
        found = self._search(query.told(self.parse(context)) if context else query, among, limit)
        translating = self.tools.translating
        if not translating or found.confidence >= self._enough(query):
            return found
        query = translating.again(query)
        if query.wordings <= found.query.wordings:
            return found
        translated = self._search(query, among, limit)
        if found.doubts.another and not _is_in_another_language(translated):
            return found  # what it says another of, another article of its own language does not say, either
        return max(found, translated, key=lambda answer: answer.confidence)

    def _enough(self, query: Query) -> float:
        """Return the confidence with which *query* is not asked in the other language as well."""
        is_english = asks_in_english(terms(query.question))
        return SURE_IN_ENGLISH if is_english else ANSWERED

    def _search(self, query: Query, among: Among | None, limit: int | None) -> Found:
        today, is_current = self.tools.clock().date(), False
        nominees = self.tools.articles.nominees(query, among)
        index, wanted, ranked = _ranked(nominees, query)
        doubts, confidence, is_led = NO_DOUBTS, 0.0, False
        if len(ranked.passages):
            best = Foremost(index, query, wanted, ranked)
            is_current = asks_what_holds(query.question, today) or (
                names_what_holds(query.question, today) and not _is_meant(best)
            )
            if looks_near(index):
                best, doubts = self._doubts(best, is_current=is_current)
            is_led, ranked = best.ranked is not ranked, best.ranked
            confidence = odds(best, doubts).confidence
        return Found(
            query=query,
            index=index,
            slots=wanted,
            ranked=ranked,
            doubts=doubts,
            confidence=confidence,
            selected=tuple(
                select(
                    index,
                    ranked,
                    self.limit if limit is None else limit,
                    is_led=is_led,
                    is_current=is_current,
                )
            ),
        )

    def _doubts(self, best: Foremost, *, is_current: bool) -> tuple[Foremost, Doubts]:
        """Return the article that says nearest what is asked for, *best* or another, and doubts about it."""
        at_large = self.tools.parser.at_large
        near = nearest(best, at_large, self.tools.clock().date() if is_current else None)
        torn_words = torn(near.best, at_large.go_together)
        return near.best, Doubts(
            away=near.doubted, torn=torn_words, another=near.says_another, is_near=near.is_near
        )

    def answer(self, trial: Trial, question: str) -> Answer:
        """Make the answer to *question*, as typed, of the *trial* that understands it best."""
        asked, found = trial.asked, trial.found
        shown = [number for hit in found.selected for number in (hit.article, *hit.similar)]
        articles = found.index.read(shown)
        excerpts = Excerpts(found.index, found.query, found.slots, asked_of=asked_of(trial))
        headlined = {
            hit.article for hit in found.selected if _says_the_same(articles[hit.article].title, asked.bare)
        }
        selected = sorted(found.selected, key=lambda hit: hit.article not in headlined)  # the others in order
        has_no_doubts = trial.proposal is not None or bool(headlined)  # of the rest nobody asked
        return Answer(
            question=question,
            understood_as=understood_as(trial),
            answered=found.answered,
            confidence=found.confidence,
            suggestion=None if has_no_doubts else self._suggestion(trial),
            hits=tuple(self._hit(found, excerpts, hit, articles) for hit in selected),
            restriction=trial.restriction or None,
            unmet=() if trial.proposal or self._is_met(trial) else asked.unmet,
            wider=self._wider(trial),
            missed=trial.missed if found.answered else None,
        )

    def parse(self, text: str) -> Query:
        """Return *text* as it is searched."""
        query = self._queries.get(text)
        if query is None:
            query = self._queries[text] = self.tools.parser.parse(text)
        return query

    def among(self, restriction: Restriction, within: Among | None) -> Among | None:
        """Return those of the articles *within* some (None: all) that the *restriction* lets through."""
        if not restriction:
            return within
        return (within or Among(timezone=self.tools.clock().tzinfo)).also(restriction)

    def matched(self, found: Found, selected: Selected, title: Numbers) -> tuple[str, ...]:
        """Return the question's terms that stand in a passage or in its article's *title*."""
        texts = found.index.terms_of(selected.passage), title.astype(np.int32)
        filled = np.maximum(*map(found.slots.filled, texts)).tolist()
        return tuple(word.term for word, share in zip(found.query.words, filled, strict=True) if share)

    def _shown_of(self, article_id: str) -> tuple[int, int] | None:
        """Return what was shown of an article just before."""
        besides = self.besides
        if besides is None or besides.article.id != article_id:
            return None
        return besides.excerpt.start, besides.excerpt.end

    def _suggestion(self, trial: Trial) -> str | None:
        """Return the question as it was perhaps meant, if its words then stand clearly better together."""
        query, ranked = trial.whole.query, trial.whole.ranked
        covered = ranked.coverage[0] if len(ranked.passages) else 0.0
        if not query.doubted or len(query.reading.words) > LONGEST_TO_MEND:
            return None
        if covered + CLEARLY_MORE > 1 + _ROUNDING:  # nothing covers more than all
            return None
        if (meant := self.tools.parser.doubting(query)) is None:
            return None
        _, _, better = _ranked(self.tools.articles.nominees(meant, trial.among), meant)
        is_better = len(better.passages) and better.coverage[0] >= covered + CLEARLY_MORE
        return meant.understood_as if is_better else None

    def _is_met(self, trial: Trial) -> bool:
        """Tell whether an article holds the quoted words that may be emphasis."""
        meeting = self.among(trial.asked.wish, trial.among)
        return meeting is None or self.tools.articles.has_any(meeting)

    def _wider(self, trial: Trial) -> str | None:
        """Return a question that asks the same of all articles, if that finds something else."""
        if trial.narrowed:
            is_other = trial.narrowed.keys != trial.whole.keys
            return trial.narrowed.query.understood_as if is_other else None
        if not trial.asked.restriction or trial.whole.answered:
            return None
        wide = self.search(trial.asked.bare, self.within, limit=1)
        return wide.query.understood_as if wide.answered else None

    def _hit(
        self, found: Found, excerpts: Excerpts, selected: Selected, articles: Mapping[int, Article]
    ) -> Hit:
        index, number = found.index, selected.passage
        article = articles[selected.article]
        title = index.keys_of(terms(article.title))
        quoted = excerpts.passage_in(selected.article, number, article.body, title)
        span = around = index.span_of(quoted)
        if quoted == number:
            around = index.span_of(selected.first)[0], index.span_of(selected.last)[1]
        passage = index.span_of(number)
        return Hit(
            passage=Passage(
                article_id=article.id,
                ordinal=number - int(index.passages_of(selected.article)[0]),
                start=passage[0],
                end=passage[1],
            ),
            article=article,
            score=selected.score,
            matched=self.matched(found, selected, title),
            excerpt=excerpts.cut(article, span, around, title, besides=self._shown_of(article.id)),
            similar=tuple(articles[other] for other in selected.similar),
        )


def _is_meant(best: Foremost) -> bool:
    """Tell whether the *best* article itself is meant: by its whole title, or by a name there alone."""
    title, asked = best.article.title, {*terms(best.query.understood_as)}
    said = analyse(title)
    names = {term for start, term in zip(said.starts, said.terms, strict=True) if title[start].isupper()}
    return asked <= names or {*said.terms} <= asked


def _ranked(nominees: Nominees, query: Query) -> tuple[Index, Slots, Ranked]:
    """Return the index of *nominees*, the slots of *query*, and its passages, the best first."""
    index = nominees.index
    wanted = slots(index, query)
    return index, wanted, rerank(index, wanted, find(index, query, nominees.allowed))


def _says_the_same(title: str, question: str) -> bool:
    """Tell whether *question* is the headline *title*, as somebody copies it, accents or none."""
    asked = [*map(fold, terms(question))]
    return len(asked) >= SHORTEST_HEADLINE and asked == [*map(fold, terms(title))]


def _is_in_another_language(found: Found) -> bool:
    """Tell whether the best article is in another language than the question: what its own says is known."""
    if not found.selected:
        return False
    article = found.index.article(found.selected[0].article)
    return is_english(found.query.question) != (article.language == "en")
