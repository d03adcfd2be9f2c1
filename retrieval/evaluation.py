"""Measure retrieval on labelled questions: is the right article first, is the answer in what is shown?

A suite is two files of JSON lines (plain, .gz or .xz): articles ``{"id", "title", "url", "date", "text"}``
and questions ``{"id", "text", "answers", "relevant", "unanswerable"}``, ``relevant`` being article ids.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.analyzer import terms
from retrieval.answer import Answer
from retrieval.article import Article
from retrieval.engine import Engine
from retrieval.index import Index
from retrieval.suite import Question, read_corpus, read_questions
from retrieval.text import clean, without_accents

DEPTH = 10  # distinct articles that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """How well confidence tells answerable questions from others; over suites that hold both."""

    auroc: float  # chance that an answerable question is the more confident of two
    answered_share: float  # of answerable questions
    unanswerable_rejected: float  # share


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of one suite. Shares are 0..1; None where the suite cannot say."""

    queries: int
    articles: int
    passages: int
    mrr: float  # at 10; like the next two over answerable questions
    r1: float
    r5: float
    excerpt1: float | None  # answer within the first excerpt, over questions that have answers
    excerpt3: float | None
    abstention: Abstention | None
    ms_p50: float  # of a whole answer
    ms_p99: float
    index_seconds: float

    def as_dict(self) -> dict[str, object]:
        """Return the figures under their published names."""
        names = {"mrr": "mrr@10", "r1": "r@1", "r5": "r@5"}
        names |= {"excerpt1": "answer_in_excerpt@1", "excerpt3": "answer_in_excerpt@3"}
        return {names.get(name, name): value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What one question came to."""

    rank: int | None  # of the first relevant article, from 1
    answer_rank: int | None  # of the first excerpt that holds an answer, from 1
    confidence: float
    answered: bool
    milliseconds: float


def evaluate(
    corpora: Sequence[Path],
    queries: Path,
    *,
    strip_accents: bool = False,
    titles: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask all *queries* of an index over *corpora* together. Raises ``SuiteError``.

    *progress* is called with the questions asked so far and their number.
    """
    questions = list(read_questions(queries))
    began = time.perf_counter()
    index = Index.build(_articles(corpora, titles=titles), generation=0)
    index_seconds = time.perf_counter() - began
    engine = Engine(index)
    outcomes: list[_Outcome] = []
    for asked in questions:
        outcomes.append(_ask(engine, asked, strip_accents=strip_accents))
        if progress:
            progress(len(outcomes), len(questions))
    return _figures(index, questions, outcomes, index_seconds)


def _articles(corpora: Sequence[Path], *, titles: bool) -> Iterator[Article]:
    for corpus in corpora:
        yield from read_corpus(corpus, titles=titles)


def _ask(engine: Engine, asked: Question, *, strip_accents: bool) -> _Outcome:
    text = without_accents(asked.text) if strip_accents else asked.text
    began = time.perf_counter()
    answer = engine.ask(text)
    milliseconds = (time.perf_counter() - began) * 1000
    deep = engine.ask(text, limit=DEPTH)
    ids = [hit.article.id for hit in deep.hits]
    return _Outcome(
        rank=next((rank for rank, one in enumerate(ids, start=1) if one in asked.relevant), None),
        answer_rank=_answer_rank(answer, asked.answers),
        confidence=answer.confidence,
        answered=answer.answered,
        milliseconds=milliseconds,
    )


def _answer_rank(answer: Answer, golds: Sequence[str]) -> int | None:
    wanted = [_comparable(gold) for gold in golds]
    for rank, hit in enumerate(answer.hits, start=1):
        shown = _comparable(hit.quote)
        if any(f" {gold} " in f" {shown} " for gold in wanted if gold):
            return rank
    return None


def _comparable(text: str) -> str:
    """Return *text* so that spellings that differ in tone placement, case or marks compare equal."""
    return " ".join(terms(clean(text)))


def _figures(
    index: Index, questions: list[Question], outcomes: list[_Outcome], index_seconds: float
) -> Evaluation:
    pairs = list(zip(questions, outcomes, strict=True))
    ranks = [outcome.rank for question, outcome in pairs if not question.unanswerable]
    answer_ranks = [o.answer_rank for q, o in pairs if not q.unanswerable and q.answers]
    times = np.array([outcome.milliseconds for outcome in outcomes] or [0.0])
    return Evaluation(
        queries=len(questions),
        articles=index.article_count,
        passages=index.passage_count,
        mrr=sum(1 / rank for rank in ranks if rank) / max(1, len(ranks)),
        r1=_share(ranks, 1) or 0.0,
        r5=_share(ranks, 5) or 0.0,
        excerpt1=_share(answer_ranks, 1),
        excerpt3=_share(answer_ranks, 3),
        abstention=_abstention(pairs),
        ms_p50=float(np.percentile(times, 50)),
        ms_p99=float(np.percentile(times, 99)),
        index_seconds=index_seconds,
    )


def _share(ranks: list[int | None], limit: int) -> float | None:
    return sum(rank is not None and rank <= limit for rank in ranks) / len(ranks) if ranks else None


def _abstention(pairs: list[tuple[Question, _Outcome]]) -> Abstention | None:
    good = [outcome for question, outcome in pairs if not question.unanswerable]
    bad = [outcome for question, outcome in pairs if question.unanswerable]
    if not good or not bad:
        return None
    return Abstention(
        auroc=area_under_roc(
            np.array([outcome.confidence for outcome in good]),
            np.array([outcome.confidence for outcome in bad]),
        ),
        answered_share=sum(outcome.answered for outcome in good) / len(good),
        unanswerable_rejected=sum(not outcome.answered for outcome in bad) / len(bad),
    )


def area_under_roc(positives: NDArray[np.float64], negatives: NDArray[np.float64]) -> float:
    """Return the chance that a positive value exceeds a negative one, ties counted half (Mann-Whitney U)."""
    negatives = np.sort(negatives)
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float((below + not_above).sum() / 2 / (len(positives) * len(negatives)))
