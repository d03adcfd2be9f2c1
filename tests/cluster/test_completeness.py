"""The best articles are always among those that a cluster nominates, however short its lists are."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from clusters import undisturbed
from generations import second_generation

from benchmarks.opensearch.nodes import Nodes
from retrieval.article import Article
from retrieval.cluster import articles as nominating
from retrieval.cluster import bounding, loading
from retrieval.cluster import edition as editions
from retrieval.cluster.client import Client
from retrieval.indexing import writer
from retrieval.query.query import Query, parse
from retrieval.ranking import candidates
from retrieval.ranking.nominees import Articles, Embedded
from retrieval.store.database import Database
from retrieval.store.statistics import Statistics
from retrieval.text.canonical import without_accents

SIZE, CHANGED = 200, 60  # articles
A_SHARD = 70  # articles
SHORT, BEST = 20, 5  # of a list at first, and articles that are wanted
QUESTIONS = 20
WORTH_SKIPPING = (0, 10**9)  # never all postings, always
UNACCENTED = 0.6  # 0..1: words of a question
SPELLINGS = (  # those of one line are written alike without accents
    ("chợ", "chờ", "cho", "chó"),
    ("đường", "dương", "dưỡng", "đương"),
    ("sông", "song", "sống"),
    ("trường", "trương", "trưởng"),
    ("bến", "bền", "bên"),
    ("phường", "phương", "phượng"),
    ("mở", "mơ", "mỡ"),
    ("cửa", "của", "cưa"),
    ("thư", "thừ", "thứ", "thử"),
    ("giờ", "gió", "giỏ"),
    ("xã", "xa", "xà"),
    ("hội", "hồi", "hỏi"),
)
VOCABULARY = [word for line in SPELLINGS for word in line]

Found = list[tuple[str, int, float]]  # id of an article, place of a passage in it, score


@dataclass(frozen=True, kw_only=True)
class Both:
    here: Articles
    there: Articles
    client: Client


@pytest.fixture
def both(
    nodes: Nodes, workers_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Both]:
    monkeypatch.setattr(loading, "PER_SHARD", A_SHARD)  # counts of words are those of all shards, then
    written = articles(random.Random(15))
    first, second = written[:SIZE], written[SIZE:]
    gone = [article.id for article in first[:CHANGED]]
    client = Client.open(f"{nodes.url}/t{secrets.token_hex(6)}")
    database = Database.open(f"sqlite:///{tmp_path}/counts.sqlite3")
    with undisturbed(workers_folder):
        edition = second_generation(client, database, first, gone, second)
        editions.drop_removed(client, edition)  # which still count for what the cluster says
        index = writer.changed(writer.build(first, generation=1), gone, second, generation=2)
        yield Both(
            here=Embedded(index),
            there=editions.opened(client, Statistics(database), edition).articles,
            client=client,
        )
        editions.drop_others(client, "")
    client.close()
    database.close()


def articles(chance: random.Random) -> list[Article]:
    """Return articles of few words, which say some of them again and again."""
    weights = [1 / (place + 1) for place in range(len(VOCABULARY))]

    def text(most: int) -> str:
        words = chance.choices(VOCABULARY, weights, k=chance.randint(1, most))
        return " ".join(word for word in words for _ in range(chance.choice((1, 1, 1, 2, 9)))) + "."

    return [
        Article(
            id=f"{number:04}",
            title=text(6),
            body="\n\n".join(text(40) for _ in range(chance.randint(1, 3))),
            url=None,
            published=None,
            origin="test",
        )
        for number in range(SIZE + CHANGED)
    ]


def test_the_best_are_nominated_also_without_accents_and_after_a_change(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nominating, "_LIMIT", SHORT)
    monkeypatch.setattr(nominating, "_LIMIT_OF_MANY", 2 * SHORT)
    for module in (bounding, candidates):
        monkeypatch.setattr(module, "ARTICLES", BEST)
    chance = random.Random(7)
    trips = []
    for number in range(QUESTIONS):
        monkeypatch.setattr(nominating, "_WORTH_SKIPPING", WORTH_SKIPPING[number % 2])
        words = chance.choices(VOCABULARY, k=chance.randint(1, 6))
        text = " ".join(without_accents(word) if chance.random() < UNACCENTED else word for word in words)
        before = both.client.trips
        there = found(both.there, parse(both.there.index, text))
        trips.append(both.client.trips - before)
        assert there == found(both.here, parse(both.here.index, text)), text
    assert min(trips) < max(trips)  # some were asked for again


def found(articles: Articles, query: Query) -> Found:
    index = articles.nominees(query, None).index
    best = candidates.find(index, query)
    numbers = index.articles_of(best.passages)
    texts = index.read(numbers.tolist())
    places = best.passages - index.leads(numbers)
    return [
        (texts[number].id, place, score)
        for number, place, score in zip(numbers.tolist(), places.tolist(), best.scores.tolist(), strict=True)
    ]
