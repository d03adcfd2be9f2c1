"""Near copies: a text that says nothing of its own counts with the one that says all of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from folders import counts
from test_copies import write

from benchmarks.extraction.stories import STORIES
from retrieval.article import Article
from retrieval.collection.collection import Collection
from retrieval.collection.intake.copies import Copies, CopyKeys
from retrieval.collection.report import Copy
from retrieval.store.database import Database

STORY = STORIES[1]
TEXT, LINES = STORY.body, STORY.body.split("\n")
# A letter that offices fill in; it is long enough, and half of it is the same in each.
LETTER = """Xã Bờ Đắp thông báo đến bà con ấp Bình Hòa về việc tạm ngừng cung cấp điện để sửa đường dây.
Thời gian từ 8 giờ đến 17 giờ ngày 12 tháng 3 năm 2026, bà con chủ động sắp xếp sinh hoạt và sản xuất.
Đề nghị các hộ có nuôi tôm chuẩn bị máy phát, kiểm tra cầu dao và không đến gần khu vực đang sửa chữa.
Hộ nào cần hỗ trợ xin báo cho trưởng ấp Nguyễn Văn Lành trước một ngày, phí kéo tạm là 50.000 đồng mỗi hộ.
Công tơ của từng hộ được ghi lại sau khi có điện, ai thấy số sai thì báo ngay cho điện lực trong tuần."""


def other(old: str, new: str, text: str = TEXT) -> str:
    assert old in text
    return text.replace(old, new, 1)


SAME = {
    "a byline at the end": f"{TEXT}\nTrịnh Ngân",
    "a byline of its own kind": f"{TEXT}\nTin, ảnh: Thu Hà",
    "a pen name behind the last words": f"{TEXT} Song Ngân",
    "another paper named": f"{TEXT}\nTheo Tuổi Trẻ",
    "its site": f"{TEXT}\nNguồn: vamcoi.example.vn",
    "an agency mark": f"(TTXVN) - {TEXT}",
    "a paper's mark": f"TTO - {TEXT}",
    "a caption": "\n".join([*LINES[:3], "Bà con mang can xếp hàng lấy nước ngọt", *LINES[3:]]),
    "a photographer": "\n".join([*LINES[:3], "Ảnh: Thu Hà", *LINES[3:]]),
    "other marks": TEXT.replace(",", " –").replace(".\n", ";\n"),
    "one paragraph, in capitals": TEXT.replace("\n", " ").upper(),
    "without the lead": "\n".join(LINES[1:]),
    "without its middle": "\n".join([*LINES[:2], *LINES[4:]]),
    "the first half": "\n".join(LINES[:4]),
    "the second half": "\n".join(LINES[3:]),
    "cut off inside a sentence": TEXT[: len(TEXT) * 2 // 3].rsplit(" ", 1)[0],
    "a word misspelled": other("khuyên", "khuyen"),
    "a word with another mark": other("rửa bằng", "rữa bằng"),
    "a word as it sounds": other("sạch", "xạch"),
    "a lead removed and a byline": "\n".join([*LINES[1:], "Tin, ảnh: Thu Hà"]),
}
NONE = {
    "another figure": other("4,1", "5,3"),
    "another number in words": other("sáu mươi lít", "bảy mươi lít"),
    "another hour": other("17 giờ", "18 giờ"),
    "another day": other("12/3", "13/3"),
    "another place": other("ấp Bờ Đắp", "ấp Hòa Thạnh"),
    "another person": other("Đỗ Văn Chất", "Đỗ Văn Út"),
    "a word in place of another": other("đóng liên tục", "mở liên tục"),
    "a word that means another": other("bơm nước", "bán nước"),
    "without a word": other("lỡ tưới", "tưới"),
    "with a no": other("ghe trên hai tấn phải", "ghe trên hai tấn không phải"),
    "a sentence more": f"{TEXT}\nBà con cần thêm nước thì báo tổ trưởng.",
    "a line more of a list": other(".\nVườn", ":\n- người già\n- trẻ em\nVườn"),
    "an order taken back": "\n".join([*LINES[:3], "Nay việc phát nước được hoãn lại", *LINES[3:]]),
    "sentences in another order": "\n".join([*LINES[3:], *LINES[:3]]),
    "other news of the day": STORIES[0].body,
    "an excerpt": "\n".join(LINES[5:]),
}
LETTERS = {
    "another hamlet": other("ấp Bình Hòa", "ấp Hòa Thạnh", LETTER),
    "another month": other("tháng 3", "tháng 4", LETTER),
    "another amount": other("50.000", "80.000", LETTER),
    "another head": other("Nguyễn Văn Lành", "Trần Thị Bưởi", LETTER),
    "another reason": other("sửa đường dây", "thay trạm biến áp", LETTER),
    "less of a name": other("ấp Bình Hòa", "ấp", LETTER),
    "a number in words": other("trước một ngày", "trước hai ngày", LETTER),
}


def is_copy(body: str, of: str = TEXT, *, title: str = STORY.title) -> bool:
    article = Article(id="a", title=STORY.title, body=of, origin="a")
    known = Copies({}, {"a": article}.get)
    known.add(article, CopyKeys.of(article))
    copy = replace(article, id="b", body=body, title=title)
    return list(known.of(copy, CopyKeys.of(copy))) == ["a"]


@pytest.mark.parametrize("body", SAME.values(), ids=SAME)
def test_a_text_that_says_nothing_of_its_own_is_a_copy(body: str) -> None:
    assert is_copy(body)


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
def test_a_text_that_says_something_else_is_none(body: str) -> None:
    assert not is_copy(body)


@pytest.mark.parametrize("body", LETTERS.values(), ids=LETTERS)
def test_letters_of_one_form_are_no_copies(body: str) -> None:
    assert not is_copy(body, LETTER)
    assert not is_copy(LETTER, body)


def test_a_place_below_a_letter_is_no_byline() -> None:
    assert not is_copy(f"{LETTER}\nẤp Hòa Thạnh", f"{LETTER}\nẤp Bình Hòa")


def test_a_headline_with_another_name_or_day_makes_another_article() -> None:
    short = "\n".join(LINES[1:])
    assert not is_copy(short, title="Phát nước ngọt ở Hòa Thạnh")
    assert not is_copy(short, title="Phát nước ngọt ngày 14")
    assert is_copy(short, title="Mở điểm phát nước ngọt")


def test_half_a_text_under_a_headline_of_its_own_is_an_article() -> None:
    assert not is_copy("\n".join(LINES[3:]), title="Lời khuyên cho nhà nông")


def test_a_fuller_text_is_no_copy_but_has_the_shorter_one_for_one() -> None:
    short = Article(id="a", title=STORY.title, body="\n".join(LINES[1:]), origin="a")
    full = replace(short, id="b", body=TEXT)
    known = Copies({}, {"a": short}.get)
    known.add(short, CopyKeys.of(short))
    assert list(known.of(full, CopyKeys.of(full))) == []
    assert list(known.shorter(full, CopyKeys.of(full))) == ["a"]


def test_a_short_text_is_no_near_copy_of_whatever_was_looked_up_before() -> None:
    story = Article(id="a", title=STORY.title, body=TEXT, origin="a")
    known = Copies({}, {"a": story}.get)
    known.add(story, CopyKeys.of(story))
    assert list(known.of(replace(story, id="b", body=f"{TEXT}!"), CopyKeys.of(story))) == ["a"]
    brief = Article(id="c", title="Thông báo", body="Chợ nghỉ.", origin="c")
    assert list(known.of(brief, CopyKeys.of(brief))) == []


def test_a_near_copy_counts_once_and_an_answer_shows_one_hit(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id="a", title=STORY.title)
    copy = write(
        articles_dir, "b.md", "\n".join([*LINES[1:], "Theo Tuổi Trẻ"]), id="b", title="Phường phát nước ngọt"
    )
    for report in (collection.reload(), collection.reload(), collection.reload([copy])):
        assert (report.articles, report.copies) == (1, (Copy(origin=str(copy), of="a"),))
    answer = collection.ask("mỗi hộ được lấy bao nhiêu lít nước?")
    assert [(hit.article.id, hit.similar) for hit in answer.hits] == [("a", ())]


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_the_fuller_of_two_stays_whichever_is_read_first(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]], names: tuple[str, str]
) -> None:
    full, short = names
    write(articles_dir, full, id="full", title=STORY.title)
    write(articles_dir, short, "\n".join(LINES[1:]), id="short", title=STORY.title)
    report = collection.reload()
    assert counts(report) == (1, 0, 0, 0)
    assert report.copies == (Copy(origin=str(articles_dir / short), of="full"),)
    assert counts(collection.reload()) == (0, 0, 1, 0)
    assert ids() == {"full"}


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_a_stored_article_gives_way_to_a_fuller_one_and_comes_back_when_that_is_gone(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]], names: tuple[str, str]
) -> None:
    full, short = names
    write(articles_dir, short, "\n".join(LINES[1:]), id="short", title=STORY.title)
    collection.reload()
    path = write(articles_dir, full, id="full", title=STORY.title)
    report = collection.reload()
    assert (counts(report), [copy.of for copy in report.copies]) == ((1, 0, 0, 1), ["full"])
    assert ids() == {"full"}
    path.unlink()
    assert counts(collection.reload()) == (1, 0, 0, 1)
    assert ids() == {"short"}


def test_of_two_copies_of_what_is_gone_the_fuller_one_comes_in(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    path = write(articles_dir, "c.md", id="c", title=STORY.title)
    collection.reload()
    write(articles_dir, "a.md", "\n".join(LINES[2:]), id="a", title=STORY.title)
    write(articles_dir, "b.md", "\n".join(LINES[1:]), id="b", title=STORY.title)
    assert [copy.of for copy in collection.reload().copies] == ["c", "c"]
    path.unlink()
    assert counts(collection.reload()) == (1, 0, 0, 1)
    assert ids() == {"b"}


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_a_copy_comes_in_when_the_other_says_something_else(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]], names: tuple[str, str]
) -> None:
    full, short = names
    write(articles_dir, full, id="full", title=STORY.title)
    write(articles_dir, short, "\n".join(LINES[1:]), id="short", title=STORY.title)
    collection.reload()
    write(articles_dir, full, other("6 giờ", "7 giờ"), id="full", title=STORY.title)
    assert counts(collection.reload()) == (1, 1, 0, 0)
    assert ids() == {"full", "short"}


def test_an_article_that_an_admin_withheld_does_not_come_back_in_a_fuller_one_s_place(
    collection: Collection, articles_dir: Path, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", "\n".join(LINES[1:]), id="short", title=STORY.title)
    collection.reload()
    [article] = collection.articles()
    collection.withholding.withhold(article.key)
    write(articles_dir, "b.md", id="full", title=STORY.title)
    collection.reload()
    assert ids() == {"short", "full"}
    assert [article.id for article in collection.articles()] == ["full"]


def test_the_same_words_weeks_later_are_news_again() -> None:
    known = Article(id="a", title="a", body=TEXT, origin="a", published=datetime(2026, 3, 2, tzinfo=UTC))
    copies = Copies({}, {"a": known}.get)
    copies.add(known, CopyKeys.of(known))
    later = replace(known, id="b", body="\n".join(LINES[1:]), published=datetime(2026, 4, 2, tzinfo=UTC))
    assert list(copies.of(later, CopyKeys.of(later))) == []


def test_near_copies_from_before_they_were_known_are_told_after_one_reload(
    collection: Collection, articles_dir: Path, database: Database, ids: Callable[[], set[str]]
) -> None:
    write(articles_dir, "a.md", id="a", title=STORY.title)
    collection.reload()
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE articles SET near_key = ''")
    assert counts(collection.reload()) == (0, 0, 1, 0)
    write(articles_dir, "b.md", "\n".join(LINES[1:]), id="b", title=STORY.title)
    assert [copy.of for copy in collection.reload().copies] == ["a"]


def test_keys_stay_as_they_were_stored() -> None:
    keys = CopyKeys.of(Article(id="a", title="Giá 25.000 đồng/m²", body=STORIES[1].body, origin="a"))
    assert (keys.text, keys.near[:16]) == ("cd5d09a13e8b753b", "f7c5e3026f977488")
    mixed = Article(
        id="b", title="図書館 2026", body="図書館は来週月曜日に再開する。１２時 ½ ﬁ Ⅳ", origin="b"
    )
    assert CopyKeys.of(mixed) == CopyKeys("a2a61e691ed88517", "")


def test_a_hundred_letters_of_one_form_all_come_in(collection: Collection, articles_dir: Path) -> None:
    for number in range(100):
        letter = LETTER.replace("Bình Hòa", f"Bình Hòa {'ABCDEFGHIJ'[number // 10]} số {number}")
        write(articles_dir, f"{number}.md", letter, id=f"{number}", title="Thông báo cúp điện")
    assert collection.reload().articles == 100


def test_texts_that_say_the_same_over_and_over_are_not_compared() -> None:
    lines = ["Còn nước.", "Hết nước."]
    body = "\n".join(lines[number % 7 % 2] for number in range(900))
    assert not is_copy("\n".join(body.split("\n")[1:]), body)
