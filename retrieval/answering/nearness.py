"""Tell how near what a question asks for stands to what it asks about.

An article on resident cards that names a telephone number somewhere does not say whom to call about them.
"""

from functools import cached_property
from itertools import chain, pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from retrieval.answering.enclosed import is_enclosed
from retrieval.answering.expectation import is_of_another, numbers
from retrieval.answering.headings import Run, announced, label
from retrieval.answering.holders import is_held_otherwise
from retrieval.answering.values import (
    TELLING,
    aspects,
    is_person,
    is_unpriced,
    offices,
    places_of,
    spares_another,
)
from retrieval.query.neighbours import Neighbours
from retrieval.question.kind import Kind
from retrieval.question.parts import is_english
from retrieval.ranking.foremost import Foremost
from retrieval.ranking.numbers import contradictions
from retrieval.ranking.rivals import has_namesake, has_rival
from retrieval.text.analyzer import Analysed, analyse, terms
from retrieval.text.sentence import sentences
from retrieval.text.syllable import is_syllable

# Almost any article says some day, and names somebody: that tells which of two it is, and not if it is one.
_DOUBTED = TELLING - {Kind.DAY}
NONE_AT_ALL = 0.9  # what it counts beside the whole subject if the article holds no such thing
THING = 0.7  # 0..1: of a thing, what the sentence that tells of it says
_IS_THERE = regex.compile(
    r"\bcó (?!được|bị|phải|thể|cần|nên|hay|ai|gì)(?P<thing>\p{L}+ \p{L}[^,.;?]*?)"
    r" (?:không|ko|k|hông|chưa)\W*$",
    regex.IGNORECASE,
)
NEAR_BY = 0.15  # 0..1: of the subject, what is not near if the rest makes it sure
ESTRANGED = 2.0  # times: what a name that is not near counts, by its share of the subject; once at most
# A bare "bao nhiêu" may ask for a number.
_PAID = regex.compile(
    r"\b(?:tiền|đồng|giá|phí|vé|lương|thưởng|phạt|thuê|cọc|triệu|trăm|nghìn|ngàn|cost|price|fee|fare|much|pay)\b",
    regex.IGNORECASE,
)
_ENDS = frozenset({"", ".", "!", "?", ":", "\n", "“", '"', "-", "–"})  # behind these a capital tells nothing


class Nearness:
    """How near what is asked for stands to the question's subject in one article.

    Near is what the title says, and a sentence with such a thing.
    """

    def __init__(self, best: Foremost, kinds: frozenset[Kind], at_large: Neighbours) -> None:
        """*kinds* is what the question asks for; nothing, if its writing does not tell.

        *at_large* tells words from names.
        """
        self.best = best
        self._at_large = at_large
        self._kinds = kinds
        self._question = best.query.understood_as

    @property
    def doubted(self) -> float:
        """The share that is ``away``, more if it is all, of kinds that few articles hold; else 0."""
        return self.away + (NONE_AT_ALL if self.away == 1 else 0.0) if self._kinds <= _DOUBTED else 0.0

    @property
    def is_near(self) -> bool:
        """Whether it holds what is asked for, of a kind that few articles hold, with most of the subject."""
        return bool(self._kinds) and self._kinds <= _DOUBTED and self.away <= NEAR_BY

    @cached_property
    def away(self) -> float:
        """The share (0..1) of the subject that is not near; 1 if the article holds no such thing."""
        best = self.best
        if not self._kinds:
            return 0.0
        said = [
            float(best.subject @ np.maximum(best.by_title, best.wanted.filled(self._keys(*self._runs[at]))))
            for at in self._answering
        ]
        return 1 - max(said, default=0.0)

    @cached_property
    def estranged(self) -> float:
        """The share (0..1) of the subject in names that the article says elsewhere, if none of them is near.

        Near is the heading above, too, and the sentence before.
        """
        answering = self._answering if self._kinds else self._telling
        if not (self._kinds or answering) or (Kind.MONEY in self._kinds and not _PAID.search(self._question)):
            return 0.0
        if Kind.PERSON in self._kinds and not offices(self._question):
            return 0.0  # of persons only holders of offices are known by their writing
        if Kind.DAY in self._kinds:
            return 0.0  # almost any sentence of an encyclopedia tells a year
        names = {pair: said for pair in self._pairs if (said := self._said(pair))}
        words = {
            term
            for pair in self._pairs
            if self._at_large.go_together(*pair) or pair in names
            for term in pair
        }
        alone = [at for term in {*chain.from_iterable(self._pairs)} - words for at in self._named(term)]
        said = sorted([*chain.from_iterable(names.values()), *alone])
        for at in answering:
            begin, end = self._runs[max(0, at - 1)][0], self._runs[at][1]
            heading = self._above.get(self._runs[at], (0, 0))
            if any(begin <= start < end or heading[0] <= start < heading[1] for start in said):
                return 0.0
        slots = {self._pairs[pair] for pair in names}
        return float(sum(self.best.subject[slot] for slot in sorted({*chain.from_iterable(slots)})))

    @cached_property
    def says_another(self) -> float:
        """How often (0 to 10.4) it says another thing, or nothing of its kind."""
        signs = (
            self.is_of_another,
            self.is_listed_otherwise,
            self.is_numbered_otherwise,
            self.lacks,
            self.lacks_thing,
            self.wants_it_itself,
            has_namesake(self.best),
        )
        near = sum(signs) + min(1.0, ESTRANGED * self.estranged)
        return self.contradictions + self.has_rival + near

    @cached_property
    def wants_it_itself(self) -> bool:
        """Whether it wants as a paper what the papers for are asked."""
        return is_enclosed(self.best, self._runs, self._above)

    @cached_property
    def contradictions(self) -> float:
        """How much (0 to 1.4) the numbers of the question speak against it."""
        return contradictions(self.best)

    @cached_property
    def has_rival(self) -> bool:
        """Whether it puts another thing in the place of what is asked for."""
        return has_rival(self.best, self._at_large, self.texts)

    @property
    def _telling(self) -> list[int]:
        """The sentences that write an aspect that is asked for, by place."""
        written, body = aspects(self._question), self.best.article.body
        return [
            at for at, run in enumerate(self._runs) if any(pattern.search(body, *run) for pattern in written)
        ]

    @cached_property
    def lacks(self) -> bool:
        """Whether the article writes nothing of an aspect that is asked for."""
        written, article = aspects(self._question), self.best.article
        return not all(pattern.search(article.title) or pattern.search(article.body) for pattern in written)

    @property
    def is_numbered_otherwise(self) -> bool:
        """Whether all that answers is of another number, or letter: of "tháp A" if "tháp B" is asked."""
        if not self._kinds <= TELLING:
            return False
        asked, title, texts = numbers(self._question), self.best.article.title, self.texts
        return bool(asked and texts) and all(is_of_another(asked, f"{title} {text}") for text in texts)

    @property
    def lacks_thing(self) -> bool:
        """Whether no sentence says most of a thing of which it is asked if there is one."""
        found = _IS_THERE.search(self._question)
        if found is None or self._at_large.acts(terms(found["thing"])[0]):
            return False
        best = self.best
        thing = best.named(terms(found["thing"]))
        worth = best.wanted.importance[thing]
        said = (np.maximum(best.by_title, best.wanted.filled(self._keys(*run))) for run in self._runs)
        return bool(thing) and all(text[thing] @ worth < THING * worth.sum() for text in said)

    @cached_property
    def texts(self) -> list[str]:
        """The sentences that hold what is asked for, each with the heading above it."""
        body = self.best.article.body
        runs = [self._runs[at] for at in self._answering]
        return [f"{body[slice(*self._above.get(run, (0, 0)))]}\n{body[slice(*run)]}" for run in runs]

    @cached_property
    def is_listed_otherwise(self) -> bool:
        """Whether a list gives what is asked for of other things of the kind only.

        "Siêu âm bụng: 62.000 đồng." says nothing of "siêu âm tim".
        """
        if not self._kinds:
            return False
        body, names = self.best.article.body, {term for pair in self._pairs for term in pair}
        lines = [body[slice(*self._runs[at])] for at in self._answering]
        labels = [said for line in lines if (said := terms(label(line)))]
        if len(labels) < 2:
            return False  # a colon in a sentence, and no list
        holding = [names.intersection(terms(line)) for line in lines]
        asked = set(self.best.query.reading.terms)
        for head, word in self._pairs:
            others = [said for said in labels if self._names_another(said, head, asked)]
            most = max((len(names.intersection(said)) for said in others), default=0)
            if others and not any(word in said and len(said) >= most for said in holding):
                return True
        return False

    def _names_another(self, said: list[str], head: str, asked: set[str]) -> bool:
        """Tell whether what is *said* of a line puts a noun behind *head* that is not *asked*."""
        return any(
            word == head and behind not in asked and behind.isalpha() and not self._at_large.acts(behind)
            for word, behind in pairwise(said)
        )

    @cached_property
    def is_of_another(self) -> bool:
        """Whether a person is asked for by an office that the article does not say, or only another's."""
        is_asked = Kind.PERSON in self._kinds and not is_english(self._question)
        return is_asked and is_held_otherwise(self.best, self._runs, self._above, self._at_large)

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], tuple[int, int]]:
        """The words side by side that name the subject, the second not in the title, with their slots."""
        best = self.best
        pairs = [pair.slots for pair in best.about.pairs if not pair.are_parted]
        words = [word.term for word in best.query.words]
        return {
            (words[left], words[right]): (left, right)
            for left, right in pairs
            if best.about.names[left] and best.about.names[right] and not best.by_title[right]
            # in English much is written with capitals
            if is_syllable(words[left]) and is_syllable(words[right])
        }

    def _named(self, term: str) -> list[int]:
        """Return where the body says *term*, if it is a name: rare at large, with a capital everywhere."""
        if not self._at_large.are_rare(term):
            return []
        body, found = self.best.article.body, self._analysed
        places = [start for start, said in zip(found.starts, found.terms, strict=True) if said == term]
        return places if all(body[start].isupper() for start in places) else []

    def _said(self, pair: tuple[str, str]) -> list[int]:
        """Return where the body says both, if they are a name: with capitals, and no word at large."""
        body, found = self.best.article.body, self._analysed
        if self._at_large.go_together(*pair):
            return []
        places = [at for at, beside in enumerate(pairwise(found.terms)) if beside == pair]
        is_name = any(
            all(body[start].isupper() for start in found.starts[at : at + 2])
            and body[: found.starts[at]].rstrip(" ")[-1:] not in _ENDS
            for at in places
        )
        return [found.starts[at] for at in places] if is_name else []

    def _keys(self, start: int, end: int) -> NDArray[np.int32]:
        return self.best.index.keys_of(terms(self.best.article.body[start:end])).astype(np.int32)

    @cached_property
    def _analysed(self) -> Analysed:
        return analyse(self.best.article.body)

    @cached_property
    def _above(self) -> dict[Run, Run]:
        return announced(self.best.article.body, self._runs)

    @cached_property
    def _runs(self) -> list[Run]:
        body = self.best.article.body
        return list(sentences(body, 0, len(body)))

    @cached_property
    def _answering(self) -> list[int]:
        """The sentences that hold what is asked for and the question does not say, by place."""
        asked = {*terms(self._question)}
        return [at for at, run in enumerate(self._runs) if self._holds(*run, asked)]

    def _holds(self, start: int, end: int, asked: set[str]) -> bool:
        body = self.best.article.body
        return any(
            not asked.issuperset(terms(body[begin:stop]))
            for kind in self._kinds
            for begin, stop in places_of(kind, body, start, end)
            if kind is not Kind.PERSON or is_person(body[begin:stop])
            if kind is not Kind.MONEY
            or not (
                is_unpriced(body[start:end], self._question)
                or spares_another(body[begin:stop], body[stop:end], self._question)
            )
        )
