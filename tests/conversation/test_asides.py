"""Messages about the answer just shown: they are recognised whole, and shown what they want of it."""

from dataclasses import replace

import pytest
from samples import HANOI, LIBRARY, LIBRARY_HIT, MARKET_HIT, answer

from bot.buttons import HitRef
from bot.conversation.asides import Aside, Wish, recognise
from bot.conversation.replies import Shown, about
from bot.language import Languages
from bot.links import Links

TEXTS = Languages("en", HANOI).of("en")
LINKS = Links(username="hoibao_bot")
SHOWN = Shown(answer=answer(LIBRARY_HIT, MARKET_HIT), at=HitRef("0" * 16, 1, 2))

WISHES = {
    Wish.LINK: (
        "cho mình xin đường dẫn với ạ, link gốc đâu, nguồn tin ở đâu thế, gửi bài này cho mình nhé, where is "
        "the source?, send me the link please, cho em xin cai link"
    ),
    Wish.DATE: (
        "bài viết này đăng hôm nào ạ, tin đó từ bao giờ vậy, thông tin này còn hiệu lực không, bài đăng khi "
        "nào, lịch này có phải mới nhất không ạ, when was it posted?, bai nay dang khi nao"
    ),
    Wish.AUTHOR: "tác giả bài này là ai, ai viết vậy, who is the author, bài do ai viết",
    Wish.WHOLE: (
        "cho xem toàn bộ bài viết, mở cả bài đi, nói chi tiết hơn được không, còn gì nữa không bạn, show me "
        "the full article, tell me more, doc nguyen bai"
    ),
    Wish.AGAIN: "nhắc lại đi bạn, nói lại lần nữa nhé, cho xem lại với, repeat please, noi lai di",
    Wish.ANOTHER: "còn bài khác không, kết quả tiếp theo, bài khác nữa đi, any other articles?, next one",
    Wish.ENGLISH: "có bản tiếng anh không ạ, is there an English version?",
    Wish.VIETNAMESE: "cho xin bản tiếng việt",
}
QUESTIONS = (
    "link đăng ký thi, khi nào có kết quả, bao giờ mở lại, lấy ở đâu, nguồn nước lấy từ đâu, tin mới nhất, "
    "có gì mới không, xem kết quả thi ở đâu, còn ai khác không, mở cửa lại chưa, còn phí?, lớp tiếng anh, "
    "what else do i need to bring, where is it, how much, ngày nào, bài thuốc, thứ hai"
)


@pytest.mark.parametrize(
    ("text", "wish"), [(text, wish) for wish, texts in WISHES.items() for text in texts.split(", ")]
)
def test_a_message_about_the_answer_just_shown_is_recognised(text: str, wish: Wish) -> None:
    assert recognise(text) == Aside(wish=wish)


@pytest.mark.parametrize("text", QUESTIONS.split(", "))
def test_a_question_is_no_message_about_the_answer(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize("text", ["bài 2", "cho xem bài thứ hai nhé", "ket qua so 2", "the second article"])
def test_a_number_names_the_hit_that_is_wanted(text: str) -> None:
    assert recognise(text) == Aside(wish=Wish.ANOTHER, number=2)


def test_a_link_is_asked_for_beside_the_reason() -> None:
    assert recognise("để mẹ đọc nữa, cho xin link nhé") == Aside(wish=Wish.LINK)


def test_another_article_is_the_next_one_until_there_is_none() -> None:
    following = about(TEXTS, Aside(wish=Wish.ANOTHER), SHOWN, LINKS)
    assert "Chợ đêm bến cá" in following.reply.text
    assert following.shown == replace(SHOWN, at=HitRef("0" * 16, 2, 2))
    last = about(TEXTS, Aside(wish=Wish.ANOTHER), following.shown, LINKS)
    assert last.shown is None
    assert last.reply.text == "I found no other article on this."


def test_the_origin_is_told_without_the_excerpt() -> None:
    for wish, text in [(Wish.LINK, str(LIBRARY.url)), (Wish.DATE, "3"), (Wish.AUTHOR, "Minh Châu")]:
        told = about(TEXTS, Aside(wish=wish), SHOWN, LINKS)
        assert text in told.reply.text
        assert LIBRARY_HIT.quote not in told.reply.text
        assert told.shown == SHOWN


def test_what_an_article_does_not_say_of_itself_is_said_so() -> None:
    nameless = replace(LIBRARY_HIT, article=replace(LIBRARY, author=None, published=None))
    shown = replace(SHOWN, answer=answer(nameless))
    assert "does not say its date" in about(TEXTS, Aside(wish=Wish.DATE), shown, LINKS).reply.text
    assert "does not name its author" in about(TEXTS, Aside(wish=Wish.AUTHOR), shown, LINKS).reply.text


def test_the_whole_article_opens_where_the_excerpt_stands() -> None:
    told = about(TEXTS, Aside(wish=Wish.WHOLE), SHOWN, LINKS)
    assert "Bà Lê Thị Hòa" in told.reply.text
    assert told.shown == SHOWN


def test_an_answer_is_shown_again_on_request() -> None:
    assert LIBRARY_HIT.quote in about(TEXTS, Aside(wish=Wish.AGAIN), SHOWN, LINKS).reply.text


def test_an_article_in_another_language_is_looked_for_among_the_hits() -> None:
    english = replace(MARKET_HIT, article=replace(MARKET_HIT.article, language="en"))
    shown = replace(SHOWN, answer=answer(LIBRARY_HIT, english))
    told = about(TEXTS, Aside(wish=Wish.ENGLISH), shown, LINKS)
    assert told.shown is not None
    assert told.shown.at.rank == 2
    assert about(TEXTS, Aside(wish=Wish.ENGLISH), SHOWN, LINKS).shown is None
