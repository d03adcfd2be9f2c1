"""More articles than a corpus has: mixed from its sentences, so that none is a copy of another.

Words, and pairs of words within a sentence, keep their frequencies; but no new ones come, as in real news.
"""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from retrieval.article import Article
from retrieval.indexing.passage import gathered, pieces_of
from retrieval.text.analyzer import analyse

_SEED = 4  # any: the mixture is the same in every run
MIXED = "mixed"  # the origin of these articles


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and its terms joined by spaces."""

    text: str
    terms: str
    words: int  # as passages count them


@dataclass(slots=True)
class Mixture:
    """Sentences of articles that were seen, and how long these articles were."""

    pool: list[Sentence] = field(default_factory=list)
    shapes: list[tuple[int, int]] = field(default_factory=list)  # sentences, and words of the title

    def add(self, article: Article, sentences: Sequence[Sentence]) -> None:
        """Let what is mixed be like this *article*, too, and have of its *sentences*."""
        self.pool += sentences
        self.shapes.append((len(sentences), len(article.title.split())))

    def articles(self) -> Iterator[tuple[Article, list[str]]]:
        """Yield articles without end, each as long as one that was seen, and the terms of their passages."""
        chance = random.Random(_SEED)
        number = 0
        while True:
            number += 1
            length, words = chance.choice(self.shapes)
            drawn = chance.choices(self.pool, k=length)
            title = " ".join(chance.choice(self.pool).text.split()[:words])
            body = "\n".join([sentence.text for sentence in drawn])
            yield Article(id=f"{MIXED}-{number:07}", title=title, body=body, origin=MIXED), passages(drawn)


def mixed(articles: Iterable[Article]) -> Iterator[Article]:
    """Yield articles without end, mixed from the sentences of *articles*."""
    mixture = Mixture()
    for article in articles:
        mixture.add(article, cut(article.body))
    return (article for article, _ in mixture.articles())


def cut(body: str) -> list[Sentence]:
    """Return the sentences of *body*; what is mixed of them need not be analysed again."""
    found = analyse(body)
    sentences = []
    for start, end, words in pieces_of(body, found.word_starts):
        terms = found.terms[bisect_left(found.starts, start) : bisect_left(found.starts, end)]
        sentences.append(Sentence(body[start:end], " ".join(terms), words))
    return sentences


def passages(sentences: Sequence[Sentence]) -> list[str]:
    """Return the terms of each passage that *sentences* make as a body, joined by spaces."""
    bounds = gathered([(at, at + 1, sentence.words) for at, sentence in enumerate(sentences)])
    return [" ".join([part.terms for part in sentences[first:end] if part.terms]) for first, end in bounds]
