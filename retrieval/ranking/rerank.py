"""The second stage of ranking: a passage that says the question's words close together comes first.

score = first stage · (1 + WINDOW_WEIGHT · best window + LEAD_WEIGHT · lead + TITLE_WEIGHT · ahead)

All three are coverage (0..1): the share of the question's words, by what each counts, inside the passage's
best window of ``WINDOW`` words, anywhere in its article's first passage, and in the title. A title says what
all of an article is about, and the first passage is news writing's own rule: an article says that first. What
the titles of all candidates say tells none of them apart; only what one says beyond that puts it ahead.
"""

from dataclasses import dataclass, fields
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
TITLE_WEIGHT = 1.5  # 1 ranks alike
# 0..1: taken for the title's share if there is none; 0 hides such articles behind headlines.
GRANTED = 0.3
FULL_TITLE = 8  # words: a shorter title cannot say as much, and what it leaves out speaks less against it
# Words: a question of so many is a title that says it wholly, but for what a short one is granted
HEADLINE = 6
COMPARED = 8  # passages: what the titles of the best ones all say tells none of them apart

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
    title: Scores  # 0..1: of the article's title, and what is granted to a short one or none
    ahead: Scores  # 0..1: how much of that is beyond the least of them; 1 more if the question is a title

    def led_by(self, place: int) -> "Ranked":
        """Return them with the one at *place* before all others, which keep their order."""
        order = np.r_[place, np.delete(np.arange(len(self.passages)), place)]
        return Ranked(**{part.name: getattr(self, part.name)[order] for part in fields(self)})

    @property
    def evidence(self) -> float:
        """The score of the first passage, whatever the title of its article says."""
        return float(self.first[0] * factor(*boosts(self.coverage[0], self.lead[0], 0.0)))


def rerank(index: Index, wanted: Slots, candidates: Candidates) -> Ranked:
    """Return *candidates* in their final order; equal scores keep the first stage's."""
    passages = candidates.passages
    windows = coverage(index, wanted, passages, WINDOW)
    articles = index.articles_of(passages)
    distinct, article_of = np.unique(articles, return_inverse=True)
    lead = coverage(index, wanted, index.leads(distinct), ANYWHERE)[article_of]
    untitled = candidates.scores * factor(*boosts(windows, lead, np.zeros_like(lead)))
    title = _titles(index, wanted, distinct)[article_of]
    best = np.argsort(-untitled, kind="stable")[:COMPARED]
    ahead = np.maximum(0.0, title - title[best].min(initial=1.0))
    if len(wanted.importance) >= HEADLINE:
        ahead += title == 1
    scores = candidates.scores * factor(*boosts(windows, lead, ahead))
    order = np.argsort(-scores, kind="stable")
    return Ranked(
        passages=passages[order],
        articles=articles[order],
        scores=scores[order],
        first=candidates.scores[order],
        coverage=windows[order],
        lead=lead[order],
        title=title[order],
        ahead=ahead[order],
    )


def boosts(coverage: Numeric, lead: Numeric, ahead: Numeric) -> tuple[Numeric, Numeric, Numeric]:
    """Return what the best window, the article's first passage and its title add to the factor, each ≥ 0."""
    return WINDOW_WEIGHT * coverage, LEAD_WEIGHT * lead, TITLE_WEIGHT * ahead


def factor(closeness: Numeric, opening: Numeric, subject: Numeric) -> Numeric:
    """Return what the first stage's score is multiplied by, ≥ 1."""
    return 1 + closeness + opening + subject


def _titles(index: Index, wanted: Slots, articles: Numbers) -> Scores:
    """Return the coverage of each article's title, section included, or what is granted to a short one."""
    said, lengths = np.empty(len(articles)), np.empty(len(articles), dtype=np.int64)
    for segment, its, numbers in index.segments_with(articles):
        said[its], lengths[its] = wanted.covered(
            segment.headings, segment.spans.headings, numbers, numbers + 1, ANYWHERE
        )
    covered: Scores = np.minimum(1.0, said.round(9) + GRANTED * np.maximum(0.0, 1 - lengths / FULL_TITLE))
    return covered
