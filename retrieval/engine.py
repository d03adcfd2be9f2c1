"""The engine: a question in, an answer out."""

from retrieval.answer import Answer, Excerpt, Hit
from retrieval.candidates import find
from retrieval.confidence import confidence
from retrieval.excerpt import excerpt
from retrieval.index import Index
from retrieval.passage import Passage
from retrieval.query import Query, parse
from retrieval.rerank import Slots, rerank, slots

ANSWERED = 0.5  # 0..1: the least confidence with which passages are given as an answer

# 0..1: a hit whose score is a smaller share of the best one's is noise beside it.
NOISE = 0.5


class Engine:
    """Answers questions from one index. Holds no state between questions; safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Answer *question* with at most *limit* hits, best first, one an article.

        Same index, same question, same answer: equal scores keep the order of the index.
        """
        index = self.index
        query = parse(index, question)
        wanted = slots(index, query)
        ranked = rerank(index, wanted, find(index, query))
        chosen = [
            place
            for place in _first_of_each_article(index, ranked.passages.tolist())
            if ranked.scores[place] >= NOISE * ranked.scores[0]
        ][:limit]
        sure = confidence(index, query, wanted, ranked)
        return Answer(
            question=query.question,
            understood_as=query.understood_as,
            answered=sure >= ANSWERED,
            confidence=sure,
            suggestion=None,
            hits=tuple(
                self._hit(query, wanted, int(ranked.passages[place]), float(ranked.scores[place]))
                for place in chosen
            ),
        )

    def _hit(self, query: Query, wanted: Slots, number: int, score: float) -> Hit:
        spans = self.index.spans
        article = self.index.archive[int(spans.articles[number])]
        start, end = int(spans.starts[number]), int(spans.ends[number])
        shown: Excerpt = excerpt(self.index, query, wanted, article.body, start, end)
        return Hit(
            passage=Passage(
                article_id=article.id,
                ordinal=number - int(self.index.leads[spans.articles[number]]),
                start=start,
                end=end,
            ),
            article=article,
            score=score,
            matched=self._matched(query, number, article.title),
            excerpt=shown,
        )

    def _matched(self, query: Query, number: int, title: str) -> tuple[str, ...]:
        held = {*self.index.terms_of(number), *self.index.numbers_of(title)}
        return tuple(word.term for word in query.words if held.intersection(word.keys.tolist()))


def _first_of_each_article(index: Index, passages: list[int]) -> list[int]:
    """Return the places in *passages* of each article's best one, in order."""
    places: dict[int, int] = {}
    for place, passage in enumerate(passages):
        places.setdefault(int(index.spans.articles[passage]), place)
    return list(places.values())
