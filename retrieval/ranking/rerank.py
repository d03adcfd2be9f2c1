"""The second stage of ranking: a passage that says the question's words close together comes first.

score = first stage · (1 + WINDOW_WEIGHT · best window + LEAD_WEIGHT · lead)

Both factors are coverage (0..1): the share of the question's words, by what each counts, inside the passage's
best window of ``WINDOW`` words, and anywhere in its article's first passage. The latter is news writing's own
rule: an article says first what it is about.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from retrieval.index.index import Index
from retrieval.index.postings import Numbers
from retrieval.index.scoring import Scores
from retrieval.ranking.candidates import Candidates
from retrieval.ranking.slots import ANYWHERE, Slots, coverage

WINDOW = 50  # words: two or three sentences; 40 to 60 rank alike
WINDOW_WEIGHT = 1.5  # 1.2 to 2 rank alike; more helps short snippets, less helps long news
LEAD_WEIGHT = 1.0  # .5 to 1; more helps news, less helps encyclopedias

Numeric = TypeVar("Numeric", float, Scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Passages, best first."""

    passages: Numbers
    articles: Numbers  # of the passages
    scores: Scores
    first: Scores  # the first stage's
    coverage: Scores  # 0..1: of the best window
    lead: Scores  # 0..1: of the article's first passage


def rerank(index: Index, wanted: Slots, candidates: Candidates) -> Ranked:
    """Return *candidates* in their final order; equal scores keep the first stage's."""
    passages = candidates.passages
    windows = coverage(index, wanted, passages, WINDOW)
    articles = index.articles_of(passages)
    distinct, article_of = np.unique(articles, return_inverse=True)
    lead = coverage(index, wanted, index.leads(distinct), ANYWHERE)[article_of]
    scores = candidates.scores * factor(*boosts(windows, lead))
    order = np.argsort(-scores, kind="stable")
    return Ranked(
        passages=passages[order],
        articles=articles[order],
        scores=scores[order],
        first=candidates.scores[order],
        coverage=windows[order],
        lead=lead[order],
    )


def boosts(coverage: Scores, lead: Scores) -> tuple[Scores, Scores]:
    """Return what the best window and the article's first passage add to the factor (from 1), each ≥ 0."""
    return WINDOW_WEIGHT * coverage, LEAD_WEIGHT * lead


def factor(closeness: Numeric, opening: Numeric) -> Numeric:
    """Return what the first stage's score is multiplied by, ≥ 1."""
    return 1 + closeness + opening
