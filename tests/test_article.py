from datetime import datetime

import pytest
from texts import article

from retrieval.article import article_key
from retrieval.errors import ArticleError


def test_two_articles_that_read_the_same_have_the_same_hash_wherever_they_come_from() -> None:
    assert article("a", "Tên", "Thân").content_hash == article("b", "Tên", "Thân").content_hash


@pytest.mark.parametrize(
    "change",
    [{"title": "Khác"}, {"body": "Khác"}, {"url": "https://a.vn"}, {"author": "An"}, {"language": "en"}],
)
def test_whatever_a_reader_sees_changes_the_hash(change: dict[str, str]) -> None:
    same = {"title": "Tên", "body": "Thân"}
    assert article("a", **same).content_hash != article("a", **(same | change)).content_hash


def test_an_article_without_id_or_text_or_with_a_date_without_zone_is_refused() -> None:
    with pytest.raises(ArticleError, match="needs an id"):
        article("")
    with pytest.raises(ArticleError, match="has no text"):
        article("a", body="")
    with pytest.raises(ArticleError, match="no time zone"):
        article("a", published=datetime(2026, 1, 2))


def test_a_key_is_sixteen_characters_that_stand_for_the_id() -> None:
    assert article("bài số 1").key == article_key("bài số 1") == "3995103ff995e6ab"
