"""Answers and their hits, each with the excerpt that is shown."""

from dataclasses import dataclass

from retrieval.article import Article
from retrieval.restriction import Mistake, Restriction


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """``body[start:end]`` of an article: whole sentences, about 120 words."""

    article_id: str
    ordinal: int  # 0 is the article's first
    start: int  # code points into Article.body
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A part of an article's body: ``article.body[start:end]``, verbatim, at most 320 characters."""

    start: int  # code points into the body
    end: int
    highlights: tuple[tuple[int, int], ...]  # into the body too, within start..end, in order, disjoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that shares a term with the question; an answer holds at most one of each article."""

    passage: Passage
    article: Article
    score: float  # BM25 with rerank, no unit; higher is better; comparable within one answer only
    matched: tuple[str, ...]  # the question's terms that stand in the passage or its title
    excerpt: Excerpt
    similar: tuple[Article, ...] = ()  # near-duplicates that this hit stands for, best first

    @property
    def quote(self) -> str:
        """The excerpt's text."""
        return self.article.body[self.excerpt.start : self.excerpt.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The collection's answer to one question.

    If ``answered`` is false, ``hits`` are only the nearest passages: show titles, not excerpts.
    """

    question: str  # as asked, cleaned
    understood_as: str  # as searched: accents restored if they were left out; operators as written
    answered: bool
    confidence: float  # 0..1: how much of the question its best passage covers
    suggestion: str | None  # "did you mean"
    hits: tuple[Hit, ...]  # best first, one an article
    restriction: Restriction | None = None  # what the articles had to be like; None: every one was asked
    is_cut: bool = False  # the question was too long: only its end was searched
    is_old: bool = False  # how things are today was asked, and the best hit is half a year old or more
    also: Hit | None = None  # the best hit of a second question in the same message
    missed: Restriction | None = None  # the days asked for that have no article: the newest are given
    unmet: tuple[str, ...] = ()  # phrases that no article holds, and that were therefore not insisted on
    wider: str | None = None  # asks the same of all articles, if that may find more
    readings: tuple[str, ...] = ()  # two questions of which either may be meant: neither is answered
    mistake: Mistake | None = None  # why the question could not be asked; there are no hits then


def nothing(question: str, mistake: Mistake | None = None) -> Answer:
    """Return the answer to a *question* that cannot be asked, or for which nothing is there."""
    return Answer(
        question=question,
        understood_as=question,
        answered=False,
        confidence=0.0,
        suggestion=None,
        hits=(),
        mistake=mistake,
    )
