"""The article of the best passage, and what it says of a question: each looked up once, if asked."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.index.index import Index
from retrieval.index.numbered import PassageTexts
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Scores
from retrieval.query.query import Query
from retrieval.ranking.rerank import Ranked
from retrieval.ranking.slots import Slots
from retrieval.ranking.subject import Subject


class Foremost:
    """The article that answers a question best."""

    def __init__(
        self, index: Index, query: Query, wanted: Slots, ranked: Ranked, about: Subject | None = None
    ) -> None:
        """*ranked*, which holds a passage at least, is what was found for *query* and the slots *wanted*.

        They are *about* some subject, which is theirs if it is not given.
        """
        self.index = index
        self.query = query
        self.wanted = wanted
        self.ranked = ranked
        self.about = about or Subject(query, wanted)
        self.number = int(ranked.articles[0])

    def led_by(self, place: int) -> "Foremost":
        """Return the article of the passage at *place* among those found, as if it were the best."""
        return Foremost(self.index, self.query, self.wanted, self.ranked.led_by(place), self.about)

    @cached_property
    def article(self) -> Article:
        """It itself."""
        return self.index.article(self.number)

    @cached_property
    def title(self) -> NDArray[np.int32]:
        """The terms of its title and section."""
        return self.index.headings(self.ranked.articles[:1]).tokens

    @cached_property
    def passages(self) -> Numbers:
        """Its passages."""
        return self.index.passages_of(self.number)

    @cached_property
    def texts(self) -> PassageTexts:
        """The terms of its passages."""
        return self.index.texts(self.passages)

    @cached_property
    def by_title(self) -> Scores:
        """The share (0..1) of each slot that its title and section fill."""
        return self.wanted.filled(self.title)

    @cached_property
    def by_body(self) -> Scores:
        """The share (0..1) of each slot that its body fills."""
        return self.wanted.filled(self.texts.tokens)

    @property
    def subject(self) -> Scores:
        """The share of each slot in the question's subject; together they are 1."""
        return self.about.shares

    def named(self, terms: Iterable[str]) -> list[int]:
        """Return the slots of those *terms* of the question that name its subject, each once."""
        slots = {word.term: slot for slot, word in enumerate(self.query.words) if self.about.names[slot]}
        return [slots[term] for term in dict.fromkeys(terms) if term in slots]

    def says_slot(self, slot: int) -> bool:
        """Tell whether it fills a *slot* anywhere."""
        return self._says[slot]

    @cached_property
    def _says(self) -> list[bool]:
        says: list[bool] = ((self.by_title > 0) | (self.by_body > 0)).tolist()
        return says

    @property
    def titled(self) -> float:
        """The share (0..1) of the subject that its title says."""
        return float(self.subject @ self.by_title)

    @cached_property
    def says(self) -> float:
        """The share (0..1) of the subject that it says anywhere."""
        return float(self.subject @ np.maximum(self.by_title, self.by_body))
