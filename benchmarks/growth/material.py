"""The material of all engines: a corpus's first articles, their passages as terms, and questions as terms.

A folder holds ``articles.jsonl`` and, a passage a line, the terms joined by spaces: ``syllables.txt``, and
``pairs.txt`` with each pair of neighbours as one more term, ``a_b``. No term holds a space or ``_``.
"""

import json
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Self

from benchmarks.growth.mixing import mixed
from retrieval.article import Article
from retrieval.evaluation.suite import read_corpus, read_questions
from retrieval.indexing.passage import split
from retrieval.text.analyzer import analyse, terms

SHORT = 3  # words of a short question
# Terms that a short question leaves out: a person who types three words types no "của". Of a small vocabulary
# its hundredth part.
COMMONEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A collection of one size."""

    passages: int
    articles: int
    mixed: int  # of the articles: mixed from the sentences of the others
    terms: int
    text_bytes: int  # titles and bodies in UTF-8
    analysis_seconds: float  # to cut all articles into passages and terms
    questions: tuple[str, ...]  # as typed

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

    Where the corpus has fewer, the rest are mixed. Raises ``SuiteError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    questions = tuple(question.text for question in read_questions(queries))
    counted, made, count, real, text_bytes, seconds = Counter[str](), 0, 0, 0, 0, 0.0
    with ExitStack() as files:
        rows, syllables, pairs = (
            files.enter_context((folder / name).open("w", encoding="utf-8"))
            for name in ("articles.jsonl", "syllables.txt", "pairs.txt")
        )
        for article in _articles(corpus, endless=passages is not None):
            began = time.perf_counter()
            cut = [words for _, words in passages_of(article.body)]
            seconds += time.perf_counter() - began
            rows.write(row(article))
            syllables.writelines(" ".join(words) + "\n" for words in cut)
            pairs.writelines(" ".join(with_pairs(words)) + "\n" for words in cut)
            counted.update(chain.from_iterable(cut))
            made += len(cut)
            count += 1
            real += article.origin != "mixed"
            text_bytes += len(article.title.encode()) + len(article.body.encode())
            if passages is not None and made >= passages:
                break
    common = counted.most_common(min(COMMONEST, len(counted) // 100))
    _write_questions(questions, {term for term, _ in common}, folder)
    material = Material(
        passages=made,
        articles=count,
        mixed=count - real,
        terms=counted.total(),
        text_bytes=text_bytes,
        analysis_seconds=seconds,
        questions=questions,
    )
    material.save(folder)
    return material


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


def _articles(corpus: Path, *, endless: bool) -> Iterator[Article]:
    """Yield the articles of *corpus*; *endless*: then mixed ones."""
    articles = []
    for article in read_corpus(corpus):
        yield article
        articles.append(article)
    if endless and articles:
        yield from mixed(articles)


def _write_questions(questions: Iterable[str], common: set[str], folder: Path) -> None:
    """Write the questions in terms, each term once: engines differ in what a word said twice counts."""
    headlines = [words for question in questions if (words := list(dict.fromkeys(terms(question))))]
    rare = [[term for term in question if term not in common][:SHORT] for question in headlines]
    named = {"headlines": headlines, "short": [question for question in rare if len(question) == SHORT]}
    (folder / "questions.json").write_text(json.dumps(named, ensure_ascii=False), encoding="utf-8")
