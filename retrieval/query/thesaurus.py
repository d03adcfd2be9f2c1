"""Find what a question says in other wordings too, as far as the index holds these.

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
from retrieval.query.figures import Figure
from retrieval.query.synonyms import NO_SYNONYMS, Synonyms, Wording
from retrieval.query.word import Meaning, Phrase, Word, typed
from retrieval.text.analyzer import fold
from retrieval.text.language import asks_in_english


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The words of a question from *begin* on that together are a wording, and have others."""

    begin: int
    wording: Wording
    meaning: Meaning

    @property
    def end(self) -> int:
        """The place behind its words."""
        return self.begin + len(self.wording)

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

    def reword(self, words: Sequence[Word], figures: Sequence[Figure] = ()) -> list[Word]:
        """Return *words* with what they mean beside themselves: the longest wordings, none over another.

        Their terms become those of the wordings. A wording typed without accents counts if it is read so,
        and if no article says what it is read as. *figures* are the dates and numbers in it.
        """
        words = list(words)
        listed = list(self._spans(words))
        for span in listed:
            for at, term in enumerate(span.wording, start=span.begin):
                words[at] = self._spelled(words[at], term)
        spans = listed + list(self._written(figures, words))
        for span in spans:
            for at in range(span.begin, span.end):
                meaning = words[at].meaning.also(span.meaning)
                words[at] = words[at]._replace(meaning=meaning)
            for at in range(span.begin, span.end - 1):
                meaning = words[at].with_next.also(span.meaning)
                words[at] = words[at]._replace(with_next=meaning)
        edges = {edge for span in spans for edge in (span.begin, span.end)} - {0, len(words)}
        for at in edges.difference(*(span.inside for span in spans)):
            across = self._across(at, spans, words[at - 1 : at + 1])
            words[at - 1] = words[at - 1]._replace(with_next=across)
        return words

    def _spelled(self, word: Word, term: str) -> Word:
        """Return *word* as one that means *term* and nothing else, if it was read as another one."""
        if word.term == term:
            return word
        spellings = np.array(self._numbers(term), dtype=np.int64)
        return word._replace(term=term, spellings=spellings, priors=np.ones(len(spellings)))

    def _spans(self, words: Sequence[Word]) -> Iterator[_Span]:
        terms = typed(words)
        has_accents = asks_in_english(terms) or any(term != fold(term) for term in terms)
        end = 0
        for begin, term in enumerate(terms):
            if begin < end:
                continue
            for entry in self._entries(fold(term)):
                stop = begin + len(entry.wording)
                if self._is_meant(entry.wording, words[begin:stop], has_accents):
                    yield _Span(begin=begin, wording=entry.wording, meaning=entry.meaning)
                    end = stop
                    break

    def _written(self, figures: Sequence[Figure], words: Sequence[Word]) -> Iterator[_Span]:
        """Yield *figures* with the wordings of each that articles hold."""
        wordings = dict.fromkeys(wording for figure in figures for wording in figure.wordings)
        # Of one wording one phrase: what a word shares with two figures must not count twice.
        held = {wording: phrase for wording, phrase in self._known(wordings) if self._is_held(phrase)}
        for figure in figures:
            wording = tuple(word.term for word in words[figure.begin : figure.end])
            others = tuple(held[other] for other in figure.wordings if other in held and other != wording)
            if others:
                yield _Span(begin=figure.begin, wording=wording, meaning=Meaning(others=others))

    def _is_held(self, phrase: Phrase) -> bool:
        """Tell whether an article holds all of *phrase*, if not in one piece."""
        return self.index.are_together(phrase.keys)

    def _across(self, place: int, spans: Sequence[_Span], pair: Sequence[Word]) -> Meaning:
        """Return what the *pair* of words before and at *place* means, one of them the edge of a span."""
        lefts, rights = (self._numbers(word.term) for word in pair)
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

    def _entries(self, first: str) -> list[_Entry]:
        """Return the wordings whose first word is *first* without accents, those of most words first."""
        if first in self._listed and first not in self._looked_up:
            self._looked_up[first] = list(self._entries_among(self._listed[first]))
        return self._looked_up.get(first, [])

    def _entries_among(self, wordings: Iterable[Wording]) -> Iterator[_Entry]:
        for wording in wordings:
            meanings = self.synonyms.meanings[wording]
            known = self._known(meaning for meaning in meanings if meaning != wording)
            others = tuple(phrase for _, phrase in known)
            is_replaced = wording not in meanings
            if others or is_replaced:
                yield _Entry(wording=wording, meaning=Meaning(others=others, is_replaced=is_replaced))

    @cached_property
    def _looked_up(self) -> dict[str, list[_Entry]]:
        """The wordings that were asked for: to look all up takes longer than a question may."""
        return {}

    @cached_property
    def _listed(self) -> dict[str, list[Wording]]:
        """The wordings by their first word without accents, those of most words first."""
        listed: dict[str, list[Wording]] = {}
        for wording in self.synonyms.meanings:
            listed.setdefault(fold(wording[0]), []).append(wording)
        for same in listed.values():
            same.sort(key=lambda wording: -len(wording))
        return listed

    def _known(self, wordings: Iterable[Wording]) -> Iterator[tuple[Wording, Phrase]]:
        """Yield *wordings* with their phrases, as far as each word stands beside the next in some article."""
        numbered = ((wording, self.index.keys_of(wording).tolist()) for wording in wordings)
        phrases = [(wording, self._phrase(numbers)) for wording, numbers in numbered if min(numbers) >= 0]
        held = self.index.document_frequencies([phrase.keys for _, phrase in phrases])
        for (wording, phrase), its in zip(phrases, held, strict=True):
            is_one = len(phrase.terms) == 1
            if is_one or its.all() or self._is_held(phrase):  # titles are in no passage
                yield wording, phrase

    def _stand_together(self, phrase: Phrase) -> bool:
        return len(phrase.terms) == 1 or bool(self.index.document_frequency(phrase.keys).all())

    def _is_meant(self, wording: Wording, words: Sequence[Word], has_accents: bool) -> bool:
        if len(words) < len(wording):
            return False
        is_read = is_typed = True
        for term, word in zip(wording, words, strict=True):
            typed, bare = word.typed, fold(term)
            # "vat" is VAT beside words with accents; without any it may be vật as well.
            is_read &= term in (word.term, typed) and (term == word.term or has_accents or term != bare)
            is_typed &= typed in (term, bare)
            if not (is_read or is_typed):  # as most are from their second word on
                return False
        return is_read or not self._is_said([word.term for word in words])

    def _is_said(self, terms: Sequence[str]) -> bool:
        """Tell whether the index knows these terms and has seen each beside the next."""
        numbers = self.index.keys_of(terms).tolist()
        return min(numbers) >= 0 and self._stand_together(self._phrase(numbers))
