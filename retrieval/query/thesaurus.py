"""Where a question says something that has other wordings, and which of them the index can find.

A document that says it in another wording counts as one that says it as asked: for every word of the question
that the wording stands for, its occurrences are added to the word's own. So the other wording is one concept,
however many words it has, and a question ranks documents of either wording alike.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from retrieval.index.index import Index
from retrieval.index.postings import Keys
from retrieval.query.figures import Figure
from retrieval.query.synonyms import NO_SYNONYMS, Synonyms, Wording
from retrieval.text.analyzer import fold
from retrieval.text.language import asks_in_english


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phrase:
    """Terms that stand one behind the other; one term alone is a phrase, too."""

    terms: tuple[int, ...]
    keys: Keys  # what a document that holds it holds: the term, or every pair of neighbours

    @property
    def members(self) -> set[int]:
        """Its terms and pairs, as keys of the index."""
        return {*self.terms, *self.keys.tolist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a word of a question, or a pair of neighbours, means beside itself."""

    others: tuple[Phrase, ...] = ()
    is_replaced: bool = False  # whether it is not searched itself


NOTHING_ELSE = Meaning()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """What the words of a question, and the pairs of neighbours, mean beside themselves."""

    terms: list[str]  # its words, as the wordings in it spell them, others as they are read
    words: tuple[Meaning, ...]
    pairs: tuple[Meaning, ...]  # one less, or none of none


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Words ``begin..end`` of a question, which together have other wordings."""

    begin: int
    end: int
    wording: Wording
    meaning: Meaning

    @property
    def inside(self) -> range:
        """The places of its words that follow one of its own."""
        return range(self.begin + 1, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    wording: Wording
    meaning: Meaning


@dataclass(frozen=True, kw_only=True)
class Thesaurus:
    """Synonyms, as far as an index can find them."""

    index: Index
    synonyms: Synonyms = NO_SYNONYMS

    def reword(
        self, typed: Sequence[str], likeliest: Sequence[str], figures: Sequence[Figure] = ()
    ) -> Rewording:
        """Return what a question means beside itself: the longest wordings in it, no word in two of them.

        *typed* are its terms, *likeliest* what they are read as. A wording typed without accents counts
        where it is read so, and where no article says what it is read as. *figures* are the dates and
        numbers in it.
        """
        terms = list(likeliest)
        listed = list(self._spans(typed, likeliest))
        for span in listed:
            terms[span.begin : span.end] = span.wording
        spans = listed + list(self._written(figures, terms))
        words = [NOTHING_ELSE] * len(typed)
        pairs = [NOTHING_ELSE] * max(0, len(typed) - 1)
        for span in spans:
            for place in range(span.begin, span.end):
                words[place] = _both(words[place], span.meaning)
            for place in span.inside:
                pairs[place - 1] = _both(pairs[place - 1], span.meaning)
        edges = {edge for span in spans for edge in (span.begin, span.end)} - {0, len(typed)}
        for place in edges.difference(*(span.inside for span in spans)):
            pairs[place - 1] = self._across(place, spans, terms)
        return Rewording(terms=terms, words=tuple(words), pairs=tuple(pairs))

    def _spans(self, typed: Sequence[str], likeliest: Sequence[str]) -> Iterator[_Span]:
        has_accents = asks_in_english(typed) or any(term != fold(term) for term in typed)
        end = 0
        for begin, term in enumerate(typed):
            if begin < end:
                continue
            for entry in self._entries.get(fold(term), ()):
                stop = begin + len(entry.wording)
                if self._is_meant(entry.wording, typed[begin:stop], likeliest[begin:stop], has_accents):
                    yield _Span(begin=begin, end=stop, wording=entry.wording, meaning=entry.meaning)
                    end = stop
                    break

    def _written(self, figures: Sequence[Figure], terms: Sequence[str]) -> Iterator[_Span]:
        """Yield *figures* with the wordings of each that articles hold."""
        wordings = {wording for figure in figures for wording in figure.wordings}
        # Of one wording one phrase: what a word shares with two figures must not count twice.
        held = {
            wording: phrase
            for wording in wordings
            for phrase in self._known([wording])
            if self._is_held(phrase)
        }
        for figure in figures:
            wording = tuple(terms[figure.begin : figure.end])
            others = tuple(held[other] for other in figure.wordings if other in held and other != wording)
            if others:
                yield _Span(
                    begin=figure.begin, end=figure.end, wording=wording, meaning=Meaning(others=others)
                )

    def _is_held(self, phrase: Phrase) -> bool:
        """Tell whether an article holds all of *phrase*, if not in one piece."""
        return len(self.index.articles_with(phrase.keys)) > 0

    def _across(self, place: int, spans: Sequence[_Span], terms: Sequence[str]) -> Meaning:
        """Return what the pair of the words before and at *place* means, one of them the edge of a span."""
        lefts, rights = map(self._numbers, (terms[place - 1], terms[place]))
        asked = set(product(lefts, rights))
        for span in spans:
            if span.end == place:
                lefts += [phrase.terms[-1] for phrase in span.meaning.others]
            if span.begin == place:
                rights += [phrase.terms[0] for phrase in span.meaning.others]
        pairs = dict.fromkeys(product(lefts, rights))
        return Meaning(
            others=tuple(self._phrase(pair) for pair in pairs if pair not in asked),
            is_replaced=any(span.meaning.is_replaced for span in spans if place in (span.begin, span.end)),
        )

    def _numbers(self, term: str) -> list[int]:
        number = self.index.number(term)
        return [] if number is None else [number]

    def _phrase(self, terms: Sequence[int]) -> Phrase:
        numbers = np.array(terms, dtype=np.int64)
        keys = self.index.pair(numbers[:-1], numbers[1:]) if len(numbers) > 1 else numbers
        return Phrase(terms=tuple(terms), keys=keys)

    @cached_property
    def _entries(self) -> dict[str, list[_Entry]]:
        """The wordings by their first word as typed without accents, those of most words first."""
        entries: dict[str, list[_Entry]] = {}
        for wording, meanings in self.synonyms.meanings.items():
            others = tuple(self._known(meaning for meaning in meanings if meaning != wording))
            is_replaced = wording not in meanings
            if others or is_replaced:
                entry = _Entry(wording=wording, meaning=Meaning(others=others, is_replaced=is_replaced))
                entries.setdefault(fold(wording[0]), []).append(entry)
        for same in entries.values():
            same.sort(key=lambda entry: -len(entry.wording))
        return entries

    def _known(self, wordings: Iterable[Wording]) -> Iterator[Phrase]:
        """Yield *wordings* as phrases, as far as each word stands beside the next in some article."""
        for wording in wordings:
            numbers = self.index.keys_of(wording).tolist()
            if min(numbers) < 0:
                continue
            phrase = self._phrase(numbers)
            if self._stand_together(phrase) or self._is_held(phrase):  # titles are in no passage
                yield phrase

    def _stand_together(self, phrase: Phrase) -> bool:
        return len(phrase.terms) == 1 or bool(self.index.document_frequency(phrase.keys).all())

    def _is_meant(
        self, wording: Wording, typed: Sequence[str], likeliest: Sequence[str], has_accents: bool
    ) -> bool:
        if len(typed) < len(wording):
            return False
        words = list(zip(wording, typed, likeliest, strict=True))
        # "vat" is VAT beside words with accents; without any it may be vật as well.
        if all(
            term == as_read or (term == as_typed and (has_accents or term != fold(term)))
            for term, as_typed, as_read in words
        ):
            return True
        return all(as_typed in (term, fold(term)) for term, as_typed, _ in words) and not self._is_said(
            likeliest
        )

    def _is_said(self, terms: Sequence[str]) -> bool:
        """Tell whether the index knows these terms and has seen each beside the next."""
        numbers = self.index.keys_of(terms).tolist()
        return min(numbers) >= 0 and self._stand_together(self._phrase(numbers))


def _both(one: Meaning, other: Meaning) -> Meaning:
    return Meaning(
        others=tuple(dict.fromkeys(one.others + other.others)),
        is_replaced=one.is_replaced or other.is_replaced,
    )
