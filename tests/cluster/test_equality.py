"""The same answers, to the last byte, from an index here and from a cluster."""

import json
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.suites import SUITES
from retrieval.answer import Answer
from retrieval.article import Article
from retrieval.cluster import loading
from retrieval.cluster.client import Client
from retrieval.collection.collection import Collection
from retrieval.query.weights import LEAST_PASSAGES
from retrieval.text.canonical import without_accents

A_SHARD = {"xquad_vi": 1000, "local_news": 300}  # articles: of the one suite there is one
SAMPLED = {"xquad_vi": 40, "local_news": 40}  # questions of a suite
NEWEST = 1000  # articles of the news
CHANGED = 500  # articles that go, and as many that come
DIALOGUES = Path(__file__).parents[1] / "dialogues"
FEW = 5  # one of so many conversations
FILTERED = ("{} tu:2025", "{} den:01/07/2026", '"{}"', "{} -là", "{} trong năm 2026", 'về "{}" nói gì')


@dataclass(frozen=True, kw_only=True)
class Both:
    """One collection, kept in two ways."""

    folder: Path
    here: Collection
    there: Collection

    def write(self, articles: Iterable[Article]) -> None:
        rows = (
            {
                "id": article.id,
                "title": article.title,
                "url": article.url,
                "date": article.published and article.published.isoformat(),
                "text": article.body,
            }
            for article in articles
        )
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (self.folder / "articles.jsonl").write_text(text, encoding="utf-8")

    def reload(self) -> None:
        assert self.here.reload().added == self.there.reload().added

    def assert_same(self, question: str, after: str | None = None) -> Answer:
        expected = self.here.ask(question, after=after)
        assert self.there.ask(question, after=after) == expected, question
        return expected


@pytest.fixture
def both(
    tmp_path: Path, articles_dir: Path, sqlite_url: str, postgresql_url: str, search_url: str
) -> Iterator[Both]:
    def opened(name: str, database_url: str, cluster: Client | None) -> Collection:
        return Collection.open(
            database_url=database_url,
            index_dir=tmp_path / name,
            articles_dir=articles_dir,
            synonyms=tmp_path / "synonyms.txt",
            clock=lambda: datetime(2026, 6, 1, 9, tzinfo=UTC),
            cluster=cluster,
        )

    (tmp_path / "synonyms.txt").write_text(
        "ủy ban, trụ sở\nxe buýt => phương tiện công cộng\n", encoding="utf-8"
    )
    here, there = opened("here", sqlite_url, None), opened("there", postgresql_url, Client.open(search_url))
    yield Both(folder=articles_dir, here=here, there=there)
    here.close()
    there.close()


def sampled(name: str) -> tuple[list[Article], list[str]]:
    suite = SUITES[name]
    if not suite.is_here:
        pytest.skip(f"the suite {name} is not there")
    chosen = random.Random(7).sample(suite.questions(), SAMPLED[name])
    wanted = {id_ for question in chosen for id_ in question.relevant}
    articles = suite.articles()
    rest = [article for article in articles if article.id not in wanted][:NEWEST]
    kept = {article.id for article in rest} | wanted
    return [article for article in articles if article.id in kept], [question.text for question in chosen]


@pytest.mark.parametrize("name", SAMPLED)
def test_answers_are_the_same_also_after_articles_went_and_came(
    both: Both, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, questions = sampled(name)
    monkeypatch.setattr(loading, "PER_SHARD", A_SHARD[name])
    changed = min(CHANGED, len(articles) // 2)
    first, second = articles[:-changed], articles[changed:]
    both.write(first)
    both.reload()
    _compare(both, questions)
    both.write(second)
    both.reload()
    _compare(both, questions)
    assert list(both.there.articles()) == list(both.here.articles())
    assert both.there.latest(20) == both.here.latest(20)
    assert both.there.stats().passages == both.here.stats().passages


def test_small_collections_with_dates_titles_and_values_are_asked_alike(both: Both) -> None:
    # Confidence, nearness and subject have weights of their own for them, and read titles, dates and texts.
    shutil.copytree(DIALOGUES, both.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.jsonl"))
    both.reload()
    assert 0 < both.here.stats().passages < LEAST_PASSAGES
    texts = [file.read_text(encoding="utf-8") for file in sorted(DIALOGUES.rglob("*.jsonl"))]
    rows = [json.loads(line) for text in texts for line in text.splitlines()]
    for row in rows[::FEW]:
        before: Answer | None = None
        for turn in row["turns"]:
            after = before.understood_as if before else None
            before = both.assert_same(turn["say"], after=after)
        assert both.there.why(turn["say"]) == both.here.why(turn["say"])


def _compare(both: Both, questions: list[str]) -> None:
    before: Answer | None = None
    for number, question in enumerate(questions):
        answer = both.assert_same(question)
        both.assert_same(without_accents(question))
        filtered = FILTERED[number % len(FILTERED)].format(question.rstrip("?"))
        both.assert_same(filtered)
        if before is not None:
            both.assert_same(f"còn {question}", after=before.understood_as)
        before = answer
    for question in questions[:3]:
        expected, found = both.here.why(question), both.there.why(question)
        assert found == expected
