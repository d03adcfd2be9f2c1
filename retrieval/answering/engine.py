"""The engine: a question in, an answer out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeGuard
from zoneinfo import ZoneInfo

from retrieval.answer import Answer, Hit, nothing
from retrieval.answering.attempt import attempt
from retrieval.answering.explanation import Explanation, explain, explained_by_date
from retrieval.answering.lead import lead_hit
from retrieval.answering.listing import listing
from retrieval.answering.search import Search, Tools
from retrieval.answering.trial import Trial, understood_as
from retrieval.answering.understanding import understood
from retrieval.article import article_key
from retrieval.index.among import Among
from retrieval.index.index import Index
from retrieval.query.lexicon import NO_WORDS, Lexicon
from retrieval.query.query import Parser
from retrieval.query.synonyms import NO_SYNONYMS, Synonyms
from retrieval.query.thesaurus import Thesaurus
from retrieval.question.halves import halves
from retrieval.question.length import end_of
from retrieval.question.sources import Sources
from retrieval.question.times.calendar import asks_now
from retrieval.question.times.news import news
from retrieval.ranking.nominees import Articles, Embedded
from retrieval.readers.markup import without_markup
from retrieval.restriction import Mistake
from retrieval.text.canonical import clean

Clock = Callable[[], datetime]  # the moment it is now, aware

OLD = timedelta(183)  # after which an article may not say any more how things are today


class Engine:
    """Answers questions from one index. Holds no state between questions; safe to share between threads."""

    def __init__(
        self,
        index: Index,
        lexicon: Lexicon = NO_WORDS,
        synonyms: Synonyms = NO_SYNONYMS,
        clock: Clock | None = None,
        *,
        glossary: Synonyms = NO_SYNONYMS,
        articles: Articles | None = None,
    ) -> None:
        """Equip *index*, or *articles* that are kept elsewhere and have the words of *index*.

        *glossary* says in another language what has no answer in the question's own.

        *clock* tells what "today" is, in the time zone of who asks; default: Vietnam's time.
        """
        self.index = index
        self.wordings = synonyms, glossary
        self._tools = Tools(
            articles=articles or Embedded(index),
            parser=Parser(index, lexicon, Thesaurus(index=index, synonyms=synonyms)),
            translating=_translating(index, lexicon, synonyms, glossary),
            sources=Sources(index.sources),
            clock=clock or partial(datetime.now, ZoneInfo("Asia/Ho_Chi_Minh")),
        )

    @property
    def articles(self) -> Articles:
        """The articles that questions are answered from."""
        return self._tools.articles

    def ask(
        self, question: str, *, limit: int = 3, after: str | None = None, besides: Hit | None = None
    ) -> Answer:
        """Answer *question* with at most *limit* hits, best first, one an article and one for all its copies.

        *after* is the question before it, as that was understood: a follow-up is understood together with it.
        *besides* is the hit that was shown for that: its excerpt is not shown again if there is another.
        If that may mean either of two things, neither is answered (``Answer.readings``).
        Same index, same question, same answer: equal scores keep the order of the index.
        """
        question = without_markup(question)  # as copied from a page: tags are no words
        text = end_of(question)
        after = end_of(after) if after else None
        answer = (
            self._news(text, limit, after)
            or self._both(text, limit, after, besides)
            or self._asked(text, limit, after, besides)
        )
        return replace(
            answer,
            question=clean(question),
            is_old=self._is_old(text, answer),
            is_cut=text != question,
        )

    def ask_among(self, question: str, articles: Iterable[str], *, limit: int = 3) -> Answer:
        """Answer *question* as if no other articles could: *articles* are ids, unknown ones are ignored.

        A word counts what it counts in the whole index, so that scores and confidence mean the same.
        """
        among = Among(keys=frozenset(map(article_key, articles)))
        search = Search(self._tools, limit=limit, among=among)
        asked = self._tools.read(end_of(question))
        if asked.refusal:
            return nothing(asked.question, asked.refusal)
        return search.answer(attempt(search, asked), asked.question)

    def tell(self, question: str, article_id: str, rest: str = "") -> Answer:
        """Answer *question*, which names an article, by it alone; *rest* is what is asked of it, if anything.

        If nothing is asked, or the article does not say it, its lead is shown.
        """
        among = Among(keys=frozenset([article_key(article_id)]))
        named = self._tools.articles.newest(1, among)
        shown = lead_hit(named.index, int(named.numbers[0]))
        answer = self._search(end_of(rest), 1, among) if rest else None
        return Answer(
            question=clean(question),
            understood_as=clean(f"{shown.article.title}, {rest}" if rest else shown.article.title),
            answered=True,
            confidence=1.0,
            suggestion=None,
            hits=answer.hits if answer and answer.hits else (shown,),
        )

    def why(self, question: str, *, limit: int = 3, after: str | None = None) -> Explanation:
        """Return what ``ask`` finds, and what each hit's score and the confidence are made of.

        A listing by date has no parts, and of two questions in one message each is explained.
        """
        question, after = end_of(without_markup(question)), end_of(after) if after else None
        if news := self._news(question, limit, after):
            return explained_by_date(news)
        both = halves(self._tools.read(question).text)
        if both and self._both(question, limit, after):
            first = self._why(both[0], limit, after)
            return replace(first, second=self._why(both[1], limit, first.answer.understood_as))
        return self._why(question, limit, after)

    def _why(self, question: str, limit: int, after: str | None) -> Explanation:
        search = Search(self._tools, limit=limit)
        best = understood(search, question, after)
        if isinstance(best, Mistake):  # what its words would be searched as
            found = search.search(clean(question), None, limit=0)
            return explain(found, nothing(clean(question), best))
        return explain(best.found, search.answer(best, clean(question)))

    def _asked(self, question: str, limit: int, after: str | None, besides: Hit | None = None) -> Answer:
        """Answer *question* as one question, which may go on with the one it comes *after*."""
        search = Search(self._tools, limit=limit, besides=besides)
        best = understood(search, question, after)
        if isinstance(best, Mistake):
            return nothing(clean(question), best)
        answer = search.answer(best, clean(question))
        if best.other is None:
            return answer
        readings = answer.understood_as, search.answer(best.other, clean(question)).understood_as
        return replace(nothing(clean(question)), readings=readings)

    def _news(self, question: str, limit: int, after: str | None) -> Answer | None:
        """Answer a *question* that only asks for news, by date; None if it asks for something else."""
        asked, now = self._tools.read(question), self._tools.clock()
        wanted = None if asked.operators else news(asked.text, now.date())
        if wanted is None or (after and wanted.is_bare):
            return None
        return listing(self._tools.articles, asked.question, wanted, now, limit, self._search)

    def _both(
        self, question: str, limit: int, after: str | None, besides: Hit | None = None
    ) -> Answer | None:
        """Answer the two questions that *question* asks; None if it asks one, or if either has no answer."""
        asked = self._tools.read(question)
        is_one = asked.operators or asked.context  # of a story, which each half needs
        both = None if is_one else halves(asked.text)
        if both is None:
            return None
        search, also_search = Search(self._tools, limit=limit, besides=besides), Search(self._tools, limit=1)
        one = understood(search, both[0], after)
        if not _is_answered(one):
            return None
        other = understood(also_search, both[1], understood_as(one))
        if not _is_answered(other):
            return None
        first, second = search.answer(one, clean(both[0])), also_search.answer(other, clean(both[1]))
        hit, also = first.hits[0], second.hits[0]
        is_same = hit.passage.article_id == also.passage.article_id and hit.excerpt == also.excerpt
        meant = f"{first.understood_as}, {both[1]}"
        return replace(first, understood_as=meant, suggestion=None, also=None if is_same else also)

    def _is_old(self, question: str, answer: Answer) -> bool:
        """Tell whether "today" is asked, and answered by an article that may not know it any more."""
        published = answer.hits[0].article.published if answer.answered and answer.hits else None
        is_old = published is not None and self._tools.clock() - published > OLD
        return is_old and asks_now(clean(question))

    def _search(self, text: str, limit: int, among: Among | None) -> Answer:
        """Answer *text* by the articles *among* some (None: all), whatever it says of time."""
        search = Search(self._tools, limit=limit, among=among)
        asked = self._tools.read(text)
        return nothing(text, asked.refusal) if asked.refusal else search.answer(attempt(search, asked), text)


def _is_answered(understanding: Trial | Mistake) -> TypeGuard[Trial]:
    """Tell whether it has an answer, and one only."""
    return isinstance(understanding, Trial) and understanding.other is None and understanding.found.answered


def _translating(index: Index, lexicon: Lexicon, synonyms: Synonyms, glossary: Synonyms) -> Parser | None:
    if not glossary.meanings:
        return None
    thesaurus = Thesaurus(index=index, synonyms=synonyms.joined(glossary))
    return Parser(index, lexicon, thesaurus, is_translating=True)
