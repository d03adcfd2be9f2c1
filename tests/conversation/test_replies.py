"""Replies look at the last answer only if it matters: to open its articles costs as much as a message."""

from pathlib import Path

import pytest
from samples import HANOI

from bot.conversation import replies
from bot.conversation.replies import Shown
from bot.language import Languages
from bot.links import Links
from retrieval.collection.collection import Collection

TEXTS = Languages("en", HANOI).of("en")


LIBRARY = "Thư viện phường mở cửa lúc 8 giờ và đóng cửa lúc 17 giờ các ngày trong tuần."


@pytest.fixture
def filled(collection: Collection, articles_dir: Path) -> Collection:
    (articles_dir / "thu-vien.txt").write_text(f"Giờ mở cửa của thư viện\n\n{LIBRARY}", encoding="utf-8")
    collection.reload()
    return collection


def looked_at(collection: Collection, question: str, previous: str | None) -> list[str | None]:
    """Return of which articles the last answer is wanted; None for any."""
    wanted: list[str | None] = []

    def recall(article: str | None) -> Shown | None:
        wanted.append(article)
        return None

    links = Links(username="hoibao_bot")
    replies.answer(collection, TEXTS, question, links, answer_id="0" * 16, previous=previous, recall=recall)
    return wanted


def test_last_answer_is_looked_at_if_it_shows_the_article_that_answers_now(filled: Collection) -> None:
    question = "thư viện mở cửa lúc mấy giờ"
    first = filled.ask(question).hits[0].article.id
    assert looked_at(filled, question, previous="phí gửi xe ở chợ") == [first]


def test_last_answer_is_looked_at_anyway_if_it_may_be_corrected_or_was_none(filled: Collection) -> None:
    assert looked_at(filled, "à nhầm, chợ", previous="thư viện mở cửa lúc mấy giờ") == [None]
    assert looked_at(filled, "thư viện mở cửa lúc mấy giờ", previous=None) == [None]
