"""People's feedback as a suite of labelled questions (see ``retrieval.evaluation.measure``)."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.article import Article
from retrieval.journal.journal import NotedAnswer, Rating

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A question with what is known of its answer: articles that say it, or that none does."""

    id: str
    text: str
    relevant: tuple[str, ...]  # article ids; none: no article answers it


def labelled(
    questions: Iterable[NotedAnswer], tallies: Mapping[str, Counter[Rating]], held: frozenset[str]
) -> Iterator[Labelled]:
    """Yield the questions whose verdicts tell how they are to be answered from the articles *held*, by id.

    A hit is right if more people found it good than bad. No article answers a question if more people
    missed one than found a hit good. "Bad" alone tells what the answer is not; such a question is left out,
    as is one whose right articles are gone.
    """
    for asked in questions:
        tally = tallies.get(asked.id, Counter())
        right = [
            hit.article_id
            for rank, hit in enumerate(asked.hits, start=1)
            if tally[Rating(verdict="good", rank=rank)] > tally[Rating(verdict="bad", rank=rank)]
        ]
        good = sum(number for rating, number in tally.items() if rating.verdict == "good")
        missed = sum(number for rating, number in tally.items() if rating.verdict == "missing")
        relevant = tuple(id_ for id_ in right if id_ in held)
        if missed > good:
            yield Labelled(id=asked.id, text=asked.understood_as, relevant=())
        elif relevant:
            yield Labelled(id=asked.id, text=asked.understood_as, relevant=relevant)


def write(folder: Path, questions: Iterable[Labelled], articles: Iterable[Article]) -> int:
    """Write the suite into *folder*, as ``CORPUS`` and ``QUERIES``; return how many questions it has.

    Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / CORPUS).open("w", encoding="utf-8") as corpus:
        corpus.writelines(_line(_article_row(article)) for article in articles)
    rows = [_question_row(question) for question in questions]
    (folder / QUERIES).write_text("".join(map(_line, rows)), encoding="utf-8")
    return len(rows)


def _article_row(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "date": article.published.isoformat() if article.published else None,
        "text": article.body,
    }


def _question_row(question: Labelled) -> dict[str, object]:
    return {
        "id": question.id,
        "text": question.text,
        "answers": [],
        "relevant": list(question.relevant),
        "unanswerable": not question.relevant,
    }


def _line(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
