from datetime import UTC, datetime

import numpy as np
import pytest
from texts import article, sample_index

from retrieval.indexing import writer


def test_an_index_holds_complete_copies_of_its_articles() -> None:
    moment = datetime(2026, 3, 2, 8, tzinfo=UTC)
    original = article(
        "x", "Tên", "Thân bài.", url="https://a.vn/", published=moment, author="An", section="Tin"
    )
    index = writer.build([article("y"), original], generation=1)
    assert index.find(original.key) == original
    assert index.article(1) == original


def test_an_index_that_was_built_can_be_changed_no_more_than_one_that_was_opened() -> None:
    [segment] = sample_index().segments
    for array in (segment.tokens, segment.articles.documents, segment.articles.frequencies.small):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_an_unknown_key_finds_no_article() -> None:
    for key in ("0" * 16, "f" * 16, "", "nonsense", "-1", "1" * 40):
        assert sample_index().find(key) is None


def test_articles_are_counted_as_they_are_taken_in() -> None:
    seen: list[int] = []
    index = writer.build([article("a"), article("b")], generation=1, progress=seen.append)
    assert seen[-1] == 2
    assert (index.article_count, index.passage_count) == (2, 2)


def test_forms_of_a_spelling_are_all_terms_that_fold_to_it() -> None:
    index = writer.build([article(body="thủ thú thu thù")], generation=1)
    assert {index.vocabulary[number] for number in index.forms("thu")} == {"thủ", "thú", "thu", "thù"}


def test_sources_are_counted_most_articles_first_without_those_removed() -> None:
    first = [article(f"a{number}", url=f"https://www.a.vn/{number}") for number in range(3)]
    rest = [article("b", url="https://b.vn/"), article("c", section="Đời\u2028sống"), article("d")]
    index = writer.changed(writer.build(first, generation=1), ["a0"], rest, generation=2)
    assert index.sources == {"a.vn": 2, "b.vn": 1, "Đời sống": 1, "": 1}
    assert next(iter(index.sources)) == "a.vn"
    assert np.flatnonzero(index.of_sources({"b.vn", ""})).tolist() == [3, 5]


def test_articles_of_some_days_are_those_published_then() -> None:
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
    index = writer.build(
        [*(article(f"a{day.day}", published=day) for day in days), article("undated")], generation=1
    )
    first, end = (int(day.timestamp()) for day in days[1:])
    assert np.flatnonzero(index.of_days(first, end)).tolist() == [1]
    assert not index.of_days(-(1 << 63), end)[3]
