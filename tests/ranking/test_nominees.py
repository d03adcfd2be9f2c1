"""What is asked of the articles of a collection, wherever they are kept."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clusters import undisturbed
from generations import second_generation

from benchmarks.opensearch.nodes import Nodes
from retrieval.article import Article, article_key
from retrieval.cluster import edition as editions
from retrieval.cluster.client import Client
from retrieval.index.among import Among
from retrieval.indexing import writer
from retrieval.query.query import parse
from retrieval.ranking.nominees import Articles, Embedded, Listed
from retrieval.restriction import Restriction
from retrieval.store.database import Database
from retrieval.store.statistics import Statistics

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def article(id_: str, day: str | None, title: str, body: str, url: str | None = None) -> Article:
    published = datetime.fromisoformat(f"{day}T08:00:00+07:00") if day else None
    return Article(id=id_, title=title, body=body, url=url, published=published, origin="test")


WRITTEN = [
    article("fair", "2026-10-05", "Hội chợ mùa thu", "Hội chợ mở cửa cả ngày.", "https://tintuc.vn/fair"),
    article(
        "storm", "2026-11-02", "Bão số 9", "Bão đổ bộ trong đêm, cả ngày mưa.", "https://baobien.vn/storm"
    ),
    article("river", None, "Nước sông", "Mực nước sông dâng cao trong mùa bão."),
    article("gone", "2026-11-20", "Bão số 10", "Tin này đã gỡ: bão tan."),
    article("power", "2026-11-02", "Cúp điện", "Lịch cúp điện ngày mai.", "https://tintuc.vn/power"),
]


@pytest.fixture(scope="module", params=["embedded", "in_cluster"])
def articles(request: pytest.FixtureRequest) -> Articles:
    kept: Articles = request.getfixturevalue(request.param)
    return kept


@pytest.fixture(scope="module")
def embedded() -> Articles:
    index = writer.build(WRITTEN, generation=1)
    return Embedded(writer.changed(index, ["gone"], [], generation=2))


@pytest.fixture(scope="module")
def in_cluster(
    nodes: Nodes, workers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Articles]:
    client = Client.open(f"{nodes.url}/t{secrets.token_hex(6)}")
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('counts')}/counts.sqlite3")
    with undisturbed(workers_folder):
        edition = second_generation(client, database, WRITTEN, ["gone"], [])
        yield editions.opened(client, Statistics(database), edition).articles
        editions.drop_others(client, "")
    client.close()
    database.close()


def ids(listed: Listed) -> list[str]:
    return [listed.index.article(number).id for number in listed.numbers.tolist()]


def among(**restriction: object) -> Among:
    return Among(restrictions=(Restriction(**restriction),), timezone=HANOI)  # type: ignore[arg-type]


def test_the_newest_come_first_and_those_without_a_date_last(articles: Articles) -> None:
    assert ids(articles.newest(10)) == ["power", "storm", "fair", "river"]
    assert ids(articles.newest(2, start=1)) == ["storm", "fair"]
    assert ids(articles.newest(0)) == []


def test_only_the_articles_that_are_meant_are_listed(articles: Articles) -> None:
    assert ids(articles.newest(10, among(since=date(2026, 11, 2)))) == ["power", "storm"]
    assert ids(articles.newest(10, among(until=date(2026, 11, 1)))) == ["fair"]
    assert ids(articles.newest(10, among(sources=("tintuc.vn",)))) == ["power", "fair"]
    keys = frozenset([article_key("river"), article_key("gone"), article_key("unknown")])
    assert ids(articles.newest(10, Among(keys=keys))) == ["river"]


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        ({"phrases": ("cả ngày",)}, True),
        ({"phrases": ("ca ngay",)}, True),
        ({"phrases": ("ngày cả",)}, False),
        ({"phrases": ("đổ bộ trong đêm",)}, True),
        ({"phrases": ("bộ trong mùa",)}, False),
        ({"phrases": ("bão tan",)}, False),
        ({"phrases": ("cả ngày",), "sources": ("baobien.vn",), "until": date(2026, 10, 31)}, False),
        ({"sources": ("baobien.vn",), "without": ("bão",)}, False),
        ({"sources": ("tintuc.vn",), "without": ("hội chợ mùa thu",)}, True),
        ({"since": date(2026, 11, 3)}, False),
    ],
)
def test_whether_there_is_such_an_article(
    articles: Articles, restriction: dict[str, object], expected: bool
) -> None:
    assert articles.has_any(among(**restriction)) is expected


def test_an_article_is_found_by_its_key_unless_it_is_gone(articles: Articles) -> None:
    assert articles.find(article_key("storm")) == WRITTEN[1]
    assert articles.find(article_key("gone")) is None
    assert articles.find(article_key("unknown")) is None
    assert articles.find("no key") is None


def test_what_may_answer_is_nominated(articles: Articles) -> None:
    nominees = articles.nominees(parse(articles.index, "bão"), among(without=("mưa",)))
    assert nominees.allowed is not None
    numbers = [number for number in nominees.index.articles.tolist() if nominees.allowed[number]]
    assert "river" in {nominees.index.article(number).id for number in numbers}
    assert "storm" not in {nominees.index.article(number).id for number in numbers}


def test_a_query_without_words_has_nominees_too(articles: Articles) -> None:
    query = parse(articles.index, "?")
    assert query.clauses == ()
    assert articles.nominees(query, None).allowed is None
