"""Articles in an archive: each comes back as it was, however many there are and whatever they are like."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retrieval.article import Article
from retrieval.index.archive import Archive, Packed, dictionary

FULL = Article(
    id="a-1",
    title="Thư viện phường mở cửa trở lại",
    body='Thẻ "bạn đọc" giá ba mươi nghìn.\n\\n không phải là xuống dòng.\nHết.',
    url="https://example.vn/a-1",
    published=datetime(2023, 5, 12, 8, tzinfo=UTC),
    author="An",
    section="Đời sống",
    origin="tin.jsonl#1",
    pages=(0, 33),
    is_scan=True,
)


@pytest.mark.parametrize("count", [1, 511, 512, 600])
@pytest.mark.parametrize("body", ["a", FULL.body, "Chợ họp mỗi sáng thứ bảy tại sân đình. " * 300])
def test_articles_come_back_as_they_were_packed(count: int, body: str) -> None:
    articles = [replace(FULL, id=f"a-{number}", body=body, pages=()) for number in range(count - 1)] + [FULL]
    archive = Archive.of(Packed.of(articles, dictionary(articles)))
    assert [archive[number] for number in range(count)] == articles


def test_articles_are_packed_without_a_dictionary_too() -> None:
    assert Archive.of(Packed.of([FULL], b""))[0] == FULL


def test_what_many_articles_have_in_common_is_kept_once() -> None:
    articles = [replace(FULL, id=f"a-{number}", body=f"{FULL.body} {number}") for number in range(600)]
    packed = Packed.of(articles, dictionary(articles))
    alone = Packed.of(articles, b"")
    assert len(packed.rows) + len(packed.dictionary) < len(alone.rows) / 2
