"""Measure retrieval on labelled questions: is the right article first, is the answer in what is shown?

A suite is two files of JSON lines (plain, .gz or .xz): articles ``{"id", "title", "url", "date", "text"}``
and questions ``{"id", "text", "answers", "relevant", "unanswerable"}``, ``relevant`` being article ids.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from retrieval.answer import Answer
from retrieval.answering.engine import Engine
from retrieval.article import Article
from retrieval.evaluation.suite import Question, read_corpus, read_questions
from retrieval.index.index import Index
from retrieval.indexing import writer
from retrieval.query.lexicon import NO_WORDS, Lexicon
from retrieval.query.synonyms import NO_SYNONYMS, Synonyms
from retrieval.text.analyzer import terms
from retrieval.text.canonical import clean, without_accents

DEPTH = 10  # distinct articles that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """Figures of how well confidence tells answerable questions from others."""

    auroc: float | None  # chance that an answerable question is the more confident of two
    answered_share: float | None  # of answerable questions
    unanswerable_rejected: float | None  # share


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures of one suite. Shares are 0..1; None if the suite has no question that could say."""

    queries: int
    articles: int
    passages: int
    mrr: float | None  # at 10; like the next two over answerable questions
    r1: float | None
    r5: float | None
    excerpt1: float | None  # answer within the first excerpt shown, over answerable questions with answers
    excerpt3: float | None
    abstention: Abstention
    ms_p50: float | None  # of a whole answer
    ms_p99: float | None
    index_seconds: float

    def as_dict(self) -> dict[str, object]:
        """Return the figures under their published names."""
        names = {"mrr": "mrr@10", "r1": "r@1", "r5": "r@5"}
        names |= {"excerpt1": "answer_in_excerpt@1", "excerpt3": "answer_in_excerpt@3"}
        return {names.get(name, name): value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """The outcome of one question."""

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
    lexicon: Lexicon = NO_WORDS,
    synonyms: Synonyms = NO_SYNONYMS,
    glossary: Synonyms = NO_SYNONYMS,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask all *queries* of an index over *corpora* together. Raises ``SuiteError``.

    *progress* is called with the questions asked so far and their number.
    """
    questions = list(read_questions(queries))
    began = time.perf_counter()
    index = writer.build(_articles(corpora, titles=titles), generation=0)
    seconds = time.perf_counter() - began
    return measure(
        Engine(index, lexicon, synonyms, glossary=glossary),
        questions,
        strip_accents=strip_accents,
        index_seconds=seconds,
        progress=progress,
    )


def measure(
    engine: Engine,
    questions: Sequence[Question],
    *,
    strip_accents: bool = False,
    index_seconds: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask *engine* all *questions*; ``evaluate`` says the rest."""
    outcomes: list[_Outcome] = []
    for asked in questions:
        outcomes.append(_ask(engine, asked, strip_accents=strip_accents))
        if progress:
            progress(len(outcomes), len(questions))
    return _figures(engine.index, questions, outcomes, index_seconds)


def _articles(corpora: Sequence[Path], *, titles: bool) -> Iterator[Article]:
    for corpus in corpora:
        yield from read_corpus(corpus, titles=titles)


def _ask(engine: Engine, asked: Question, *, strip_accents: bool) -> _Outcome:
    text = without_accents(asked.text) if strip_accents else asked.text
    began = time.perf_counter()
    answer = engine.ask(text)
    milliseconds = (time.perf_counter() - began) * 1000
    # Fewer hits are the first of more, so most questions need not be asked again.
    rank = _rank(answer, asked.relevant)
    if rank is None and asked.relevant:
        rank = _rank(engine.ask(text, limit=DEPTH), asked.relevant)
    return _Outcome(
        rank=rank,
        answer_rank=_answer_rank(answer, asked.answers),
        confidence=answer.confidence,
        answered=answer.answered,
        milliseconds=milliseconds,
    )


def _rank(answer: Answer, relevant: frozenset[str]) -> int | None:
    # The copies that a hit stands for come right behind it.
    ids = (article.id for hit in answer.hits for article in (hit.article, *hit.similar))
    return next((rank for rank, id_ in enumerate(ids, start=1) if id_ in relevant), None)


def _answer_rank(answer: Answer, golds: Sequence[str]) -> int | None:
    """Return the rank of the first excerpt that holds one of *golds*; without an answer none is shown."""
    if not answer.answered:
        return None
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
    index: Index, questions: Sequence[Question], outcomes: list[_Outcome], index_seconds: float
) -> Evaluation:
    pairs = list(zip(questions, outcomes, strict=True))
    ranks = [outcome.rank for question, outcome in pairs if not question.unanswerable]
    answer_ranks = [o.answer_rank for q, o in pairs if not q.unanswerable and q.answers]
    times = [outcome.milliseconds for outcome in outcomes]
    return Evaluation(
        queries=len(questions),
        articles=index.article_count,
        passages=index.passage_count,
        mrr=_mean([1 / rank if rank else 0.0 for rank in ranks]),
        r1=_within(ranks, 1),
        r5=_within(ranks, 5),
        excerpt1=_within(answer_ranks, 1),
        excerpt3=_within(answer_ranks, 3),
        abstention=_abstention(pairs),
        ms_p50=float(np.percentile(times, 50)) if times else None,
        ms_p99=float(np.percentile(times, 99)) if times else None,
        index_seconds=index_seconds,
    )


def _within(ranks: Sequence[int | None], limit: int) -> float | None:
    return _mean([rank is not None and rank <= limit for rank in ranks])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _abstention(pairs: list[tuple[Question, _Outcome]]) -> Abstention:
    good = [outcome for question, outcome in pairs if not question.unanswerable]
    bad = [outcome for question, outcome in pairs if question.unanswerable]
    return Abstention(
        auroc=area_under_roc(
            [outcome.confidence for outcome in good], [outcome.confidence for outcome in bad]
        ),
        answered_share=_mean([outcome.answered for outcome in good]),
        unanswerable_rejected=_mean([not outcome.answered for outcome in bad]),
    )


def area_under_roc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return the chance that a positive value exceeds a negative one, ties counted half (Mann-Whitney U).

    None if there are none of either.
    """
    if not positives or not negatives:
        return None
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).sum() / 2 / (len(positives) * len(negatives)))
