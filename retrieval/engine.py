"""The engine: a question in, an answer out."""

from retrieval.analyzer import terms
from retrieval.answer import Answer, Hit
from retrieval.candidates import find
from retrieval.confidence import confidence
from retrieval.excerpt import excerpt
from retrieval.index import Index
from retrieval.lexicon import NO_WORDS, Lexicon
from retrieval.passage import Passage
from retrieval.query import Query, parse
from retrieval.rerank import Ranked, Slots, rerank, slots
from retrieval.selection import Selected, select

ANSWERED = 0.5  # 0..1: the least confidence with which passages are given as an answer


# 0..1: how much more of the question the best window must cover with a mistake mended, to suggest that. Of
# questions with one wrong tone mark .1 mends 28 %, 94 % of these rightly; of 600 right ones it doubts none.
CLEARLY_MORE = 0.1


class Engine:
    """Answers questions from one index. Holds no state between questions; safe to share between threads."""

    def __init__(self, index: Index, lexicon: Lexicon = NO_WORDS) -> None:
        self.index = index
        self._lexicon = lexicon

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Answer *question* with at most *limit* hits, best first, one an article and one for all its copies.

        Same index, same question, same answer: equal scores keep the order of the index.
        """
        index = self.index
        query = parse(index, question, self._lexicon)
        wanted = slots(index, query)
        ranked = rerank(index, wanted, find(index, query))
        sure = confidence(index, query, wanted, ranked)
        return Answer(
            question=query.question,
            understood_as=query.understood_as,
            answered=sure >= ANSWERED,
            confidence=sure,
            suggestion=self._suggestion(query, ranked),
            hits=tuple(self._hit(query, wanted, one) for one in select(index, ranked, limit)),
        )

    def _suggestion(self, query: Query, ranked: Ranked) -> str | None:
        """Return the question as it was perhaps meant, if its words then stand clearly better together."""
        if not query.doubted:
            return None
        meant = parse(self.index, query.question, self._lexicon, doubted=query.doubted)
        if terms(meant.understood_as) == terms(query.understood_as):
            return None
        better = rerank(self.index, slots(self.index, meant), find(self.index, meant))
        covered = ranked.coverage[0] if len(ranked.passages) else 0.0
        is_better = len(better.passages) and better.coverage[0] >= covered + CLEARLY_MORE
        return meant.understood_as if is_better else None

    def _hit(self, query: Query, wanted: Slots, selected: Selected) -> Hit:
        spans, number = self.index.spans, selected.passage
        article = self.index.archive[int(spans.articles[number])]
        start, end = int(spans.starts[number]), int(spans.ends[number])
        return Hit(
            passage=Passage(
                article_id=article.id,
                ordinal=number - int(self.index.leads[spans.articles[number]]),
                start=start,
                end=end,
            ),
            article=article,
            score=selected.score,
            matched=self._matched(query, number, article.title),
            excerpt=excerpt(
                self.index,
                query,
                wanted,
                article.body,
                int(spans.starts[selected.first]),
                int(spans.ends[selected.last]),
            ),
            similar=tuple(self.index.archive[other] for other in selected.similar),
        )

    def _matched(self, query: Query, number: int, title: str) -> tuple[str, ...]:
        held = {*self.index.terms_of(number), *self.index.numbers_of(title)}
        return tuple(word.term for word in query.words if held.intersection(word.keys.tolist()))
