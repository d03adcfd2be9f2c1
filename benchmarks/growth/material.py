"""The material of all engines: a corpus's first articles, their passages as terms, and questions as terms.

A folder holds ``articles.jsonl`` and, a passage a line, the terms joined by spaces: ``syllables.txt``, and
``pairs.txt`` with each pair of neighbours as one more term, ``a_b``. No term holds a space or ``_``.
"""

import hashlib
import json
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Self

from benchmarks.growth import mixing
from benchmarks.growth.mixing import MIXED, Mixture, cut
from retrieval.article import Article
from retrieval.evaluation.suite import read_corpus, read_questions
from retrieval.indexing.passage import split
from retrieval.text.analyzer import analyse, terms

SHORT = 3  # words of a short question
# Terms that a short question leaves out: a person who types three words types no "của". Of a small vocabulary
# its hundredth part.
COMMONEST = 100
STAMP = "stamp"  # the file that says what the material was made of; without it, it is not whole
SAMPLE = 500  # articles that are cut again, to see whether material of an earlier run would be the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A collection of one size."""

    passages: int
    articles: int
    mixed: int  # of the articles: mixed from the sentences of the others
    terms: int
    text_bytes: int  # titles and bodies in UTF-8
    analysis_seconds: float  # to make all this; 1529854, measured as the version before, reads it
    questions: tuple[str, ...] = ()  # as typed

    def save(self, folder: Path) -> None:
        """Write it to *folder*."""
        (folder / "material.json").write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read what ``save`` wrote."""
        values = json.loads((folder / "material.json").read_text(encoding="utf-8"))
        return cls(**values | {"questions": tuple(values["questions"])})


def prepare(corpus: Path, queries: Path, passages: int | None, folder: Path) -> Material:
    """Write the material of the first articles that make *passages*; None: of all the corpus has.

    Where the corpus has fewer, the rest are mixed, and ``pairs.txt`` is left out: it would take three times
    as much as all else. What *folder* has of an earlier run is kept if nothing has changed since. Raises
    ``SuiteError``.
    """
    stamp = _stamp(corpus, queries)
    if (folder / STAMP).exists() and (folder / STAMP).read_text(encoding="utf-8") == stamp:
        return Material.read(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).unlink(missing_ok=True)
    questions = tuple(question.text for question in read_questions(queries))
    began = time.perf_counter()
    counted, sizes = _write_articles(corpus, passages, folder)
    common = counted.most_common(min(COMMONEST, len(counted) // 100))
    _write_questions(questions, {term for term, _ in common}, folder)
    material = Material(**sizes, analysis_seconds=time.perf_counter() - began, questions=questions)
    material.save(folder)
    (folder / STAMP).write_text(stamp, encoding="utf-8")
    return material


def _write_articles(corpus: Path, passages: int | None, folder: Path) -> tuple[Counter[str], dict[str, int]]:
    """Write articles and their terms; return the terms of the real ones, and sizes of all."""
    counted = Counter[str]()
    sizes = dict.fromkeys(("passages", "articles", "mixed", "terms", "text_bytes"), 0)
    with ExitStack() as files:
        rows, syllables, pairs = (
            files.enter_context((folder / name).open("w", encoding="utf-8"))
            for name in ("articles.jsonl", "syllables.txt", "pairs.txt")
        )
        for article, lines in _articles(corpus, endless=passages is not None):
            rows.write(row(article))
            syllables.writelines(f"{words}\n" for words in lines)
            if article.origin == MIXED:
                sizes["mixed"] += 1
            else:
                pairs.writelines(" ".join(with_pairs(words.split())) + "\n" for words in lines)
                counted.update(chain.from_iterable(map(str.split, lines)))
            sizes["articles"] += 1
            sizes["passages"] += len(lines)
            sizes["terms"] += sum(words.count(" ") + bool(words) for words in lines)
            sizes["text_bytes"] += len(article.title.encode()) + len(article.body.encode())
            if passages is not None and sizes["passages"] >= passages:
                break
    if sizes["mixed"]:
        (folder / "pairs.txt").unlink()
    return counted, sizes


def _stamp(corpus: Path, queries: Path) -> str:
    """Return a sum of what material is made of, how it is mixed, and how its first articles are cut."""
    parts = [path.read_bytes() for path in (corpus, queries, Path(mixing.__file__))]
    for article in islice(read_corpus(corpus), SAMPLE):
        parts += [line.encode() for line in mixing.passages(cut(article.body))]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def first(articles: Iterable[Article], passages: int) -> Iterator[Article]:
    """Yield the first of *articles*, as many as make that many *passages*."""
    made = 0
    for article in articles:
        if made >= passages:
            return
        made += len(split(article.body, analyse(article.body).word_starts))
        yield article


def passages_of(body: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each passage of *body*, and its terms."""
    found = analyse(body)
    for start, end in split(body, found.word_starts):
        first, last = bisect_left(found.starts, start), bisect_left(found.starts, end)
        yield body[start:end], found.terms[first:last]


def with_pairs(words: Sequence[str]) -> list[str]:
    """Return *words*, and behind them each two neighbours as one: what engines without pairs can do."""
    return [*words, *(f"{left}_{right}" for left, right in pairwise(words))]


def row(article: Article) -> str:
    """Return the line of JSON that ``hoibao reload`` reads *article* from."""
    values = {"id": article.id, "title": article.title, "text": article.body}
    return json.dumps(values, ensure_ascii=False) + "\n"


def read_lines(path: Path) -> Iterator[list[str]]:
    """Yield the terms of each line of *path*."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield [sys.intern(term) for term in line.split()]  # some engines keep the words of all passages


def _articles(corpus: Path, *, endless: bool) -> Iterator[tuple[Article, list[str]]]:
    """Yield the articles of *corpus* and the terms of their passages; *endless*: then mixed ones."""
    mixture = Mixture()
    for article in read_corpus(corpus):
        sentences = cut(article.body)
        yield article, mixing.passages(sentences)
        mixture.add(article, sentences)
    if endless and mixture.pool:
        yield from mixture.articles()


def _write_questions(questions: Iterable[str], common: set[str], folder: Path) -> None:
    """Write the questions in terms, each term once: engines differ in what a word said twice counts."""
    headlines = [words for question in questions if (words := list(dict.fromkeys(terms(question))))]
    rare = [[term for term in question if term not in common][:SHORT] for question in headlines]
    named = {"headlines": headlines, "short": [question for question in rare if len(question) == SHORT]}
    (folder / "questions.json").write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
