"""Which blocks of a page are its article."""

from pathlib import Path

import pytest
from reading import article

from retrieval.readers.page import body, chrome, region, tree
from retrieval.readers.page.blocks import blocks

TITLE = "Phường An Lạc mở lại bến đò ngang sau ba tháng sửa chữa"
TEXT = (
    "Sáng 12/5, bến đò ngang nối hai bờ sông Cầu Kho đón khách trở lại sau ba tháng thay sàn gỗ.",
    "Mỗi chuyến chở nhiều nhất mười hai người, khách mặc áo phao do chủ đò phát khi xuống bến.",
    "Giá vé vẫn là ba nghìn đồng một lượt, học sinh và người trên bảy mươi tuổi đi không mất tiền.",
    "Đò chạy từ năm giờ sáng đến bảy giờ tối, ngày nước chảy xiết thì nghỉ và treo cờ đỏ.",
    "Bà con ở xóm Chài nói từ nay khỏi đi vòng sáu cây số qua cầu sắt để đưa con đến trường.",
    "Ủy ban phường đề nghị mọi người báo cho tổ tự quản nếu thấy đò chở quá số người cho phép.",
)
OTHER = (
    "Chiều qua, tổ dân phố 4 khánh thành sân bóng chuyền mới cạnh nhà văn hóa, thay cho bãi đất trống.",
    "Sân rộng hai trăm mét vuông, có bốn trụ đèn và hàng rào lưới, do bà con góp công làm.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(inside: str) -> str:
    return (
        f'<html><head><title>{TITLE}</title><meta property="og:title" content="{TITLE}"></head>'
        f"<body><nav><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a></nav>{inside}</body></html>"
    )


def chosen(markup: str, second: str) -> list[str]:
    root = tree.parse(markup)
    found = blocks(root)
    return [found[number].text for number in body.chosen(found, tree.measures(root), second)]


def test_a_text_cut_up_into_boxes_is_whole_though_a_reading_broke_off() -> None:
    boxes = (
        f"<div class='body-text'>{paragraphs(*TEXT[:4])}</div><div class='teasers'>{paragraphs(*OTHER)}</div>"
        f"<div class='body-text'>{paragraphs(*TEXT[4:])}</div>"
    )
    assert chosen(page(f"<h1>{TITLE}</h1><main>{boxes}</main>"), " ".join(TEXT[:4])) == list(TEXT)


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(
            f"<div class='content'><h1>{TITLE}</h1>{paragraphs(*TEXT)}</div>"
            f"<div style='display:none' itemscope><h1>{TITLE}</h1><div>{paragraphs(*TEXT)}</div></div>",
            id="hidden, for search engines",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1><p hidden>{OTHER[0]}</p><div class='content'>{paragraphs(*TEXT)}</div>",
            id="without what it hides under its title",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1><div class='content'><div class='wide'><div>{paragraphs(*TEXT)}</div></div>"
            f"<div class='narrow'><div>{paragraphs(*TEXT)}</div></div></div>",
            id="once more, for telephones",
        ),
        pytest.param(
            f"<main><article class='post'><h1>{TITLE}</h1>{paragraphs(*TEXT)}</article>"
            f"<article class='post'><h1>Có sân bóng chuyền mới</h1>{paragraphs(*OTHER * 2)}</article></main>",
            id="with the next article below, for who reads on",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1><article>{paragraphs(*TEXT)}<section class='photo-gallery'><ul>"
            + "".join(f"<li><h2>{n}/9</h2><p>{OTHER[n % 2]} Ảnh {n}.</p></li>" for n in range(1, 10))
            + "</ul></section></article>",
            id="without the pictures of other stories amid it",
        ),
    ],
)
def test_the_text_of_a_page_is_its_article_once(tmp_path: Path, inside: str) -> None:
    read = article(tmp_path / "bài.html", page(inside))
    assert (read.title, read.body.split("\n")) == (TITLE, list(TEXT))


@pytest.mark.parametrize("number", [2, 6])
@pytest.mark.parametrize(
    "boxes",
    [
        ["elementor-section", "elementor-container", "elementor-column", "elementor-widget", "widget-text"],
        ["wixui-section", "inline", "mesh", "wixui-rich-text"],
        ["yaqOZd", "mYVXT", "LS81yb", "hJDwNd", "JNdkSc", "oKdM2c", "jXK9ad", "tyJCtd"],
    ],
    ids=["Elementor", "Wix", "Google Sites"],
)
def test_a_text_whose_paragraphs_stand_in_boxes_of_their_own_is_whole(number: int, boxes: list[str]) -> None:
    begin, end = "".join(f"<div class='{name}'>" for name in boxes), "</div>" * len(boxes)
    texts = [" ".join((*TEXT, *TEXT)[place : place + 6]) for place in range(number)]
    inside = "".join(f"{begin}<p>{text}</p>{end}" for text in texts)
    root = tree.parse(page(f"<main><h1>{TITLE}</h1><div>{inside}</div></main>"))
    found = blocks(root)
    elements = set(region.article(found, tree.measures(root)))
    assert [block.text for block in found if block.tag == "p" and region.inside(block, elements)] == texts


def test_what_is_said_twice_in_one_place_and_a_question_asked_again_stay() -> None:
    question = "Ông, bà có thường đi đò qua sông không, đi lúc nào và có thấy an toàn khi trời mưa không?"
    interview = "".join(f"<div class='talk'><p>{question}</p><p>{answer}</p></div>" for answer in TEXT)
    markup = page(f"<h1>{TITLE}</h1><main><div>{interview}</div></main>")
    assert chosen(markup, f"{question} {' '.join(TEXT)}").count(question) == len(TEXT)
    twice = page(f"<h1>{TITLE}</h1><main>{paragraphs(*TEXT, TEXT[0])}</main>")
    assert chosen(twice, " ".join(TEXT)).count(TEXT[0]) == 2


def test_a_box_that_holds_the_title_and_its_text_is_no_box() -> None:
    markup = page(
        f"<div class='modal'><h1>{TITLE}</h1>{paragraphs(*TEXT)}</div><main>{paragraphs(*OTHER * 9)}</main>"
    )
    for titles, is_there in (([TITLE], True), ([], False)):
        root = tree.parse(markup)
        chrome.remove(root, titles)
        assert (TEXT[0] in [block.text for block in blocks(root)]) == is_there


@pytest.mark.parametrize(
    ("amid", "said"),
    [
        ("<div><div><table><tr><td>Giờ</td><td>Chuyến</td></tr></table></div></div>", ["Giờ – Chuyến"]),
        (OTHER[0], [OTHER[0]]),
        (f"<p>{(OTHER[0] + ' ') * 2}bà con góp</p>", [f"{OTHER[0]} {OTHER[0]} bà con góp"]),
        (f"<p>{OTHER[0]}[3][4]</p>", [f"{OTHER[0]}[3][4]"]),
        (
            "<ul><li>Chiều đi<ul><li>Bến Đá, thôn Thượng, xóm Chài và chợ Cồn</li>"
            "<li><a href='/x'>bến Sậy</a></li></ul></li></ul>",
            ["Chiều đi", "Bến Đá, thôn Thượng, xóm Chài và chợ Cồn", "bến Sậy"],
        ),
        ("<ul><li><a href='/x'>Tin khác: sân bóng chuyền mới khánh thành</a></li></ul>", []),
    ],
    ids=["a table", "loose words", "no stop", "footnotes", "lists in a list", "not links"],
)
def test_what_stands_amid_the_paragraphs_is_part_of_the_text(amid: str, said: list[str]) -> None:
    markup = page(f"<h1>{TITLE}</h1><main>{paragraphs(*TEXT[:4])}{amid}{paragraphs(*TEXT[4:])}</main>")
    assert chosen(markup, " ".join(TEXT)) == [*TEXT[:4], *said, *TEXT[4:]]


def test_what_is_hidden_is_looked_at_once_however_deep_it_is() -> None:
    markup = page(f"<main>{'<div hidden>' * 150}{paragraphs(*TEXT * 9)}{'</div>' * 150}</main>")
    root = tree.parse(markup)
    assert chrome.remove_hidden(root)
    assert TEXT[0] in [block.text for block in blocks(root)]


@pytest.mark.parametrize(
    ("declared", "printed", "named"),
    [
        ('["Lan Anh", "Minh Tú"]', "<p class='author'>Lan Anh</p>", "Lan Anh, Minh Tú"),
        ('"Lan Anh and Minh Tú"', "", "Lan Anh, Minh Tú"),
        ('"Lan Anh"', "<div class='author-box'>Xem Nhiều</div>", "Lan Anh"),
        ('"Lan Anh"', "<p>By Hà My and Minh Tú</p>", "Hà My, Minh Tú"),
        ('"Đài Truyền thanh"', "<p class='author'>Lan Anh</p>", "Lan Anh"),
    ],
)
def test_the_authors_are_whom_a_line_names_or_the_head(
    tmp_path: Path, declared: str, printed: str, named: str
) -> None:
    said = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {declared}}}</script>'
    markup = page(f"{said}<h1>{TITLE}</h1>{printed}<main>{paragraphs(*TEXT)}</main>")
    assert article(tmp_path / "bài.html", markup).author == named


def test_a_time_element_dates_a_page_in_any_language(tmp_path: Path) -> None:
    stamp = "<time datetime='2026-03-05T08:00:00+0700'>5. März 2026</time>"
    read = article(tmp_path / "bài.html", page(f"<h1>{TITLE}</h1>{stamp}<main>{paragraphs(*TEXT)}</main>"))
    assert read.published is not None
    assert read.published.date().isoformat() == "2026-03-05"


def test_answers_that_are_folded_up_below_their_questions_are_part_of_the_text(tmp_path: Path) -> None:
    asked = [f"Bà con hỏi về bến đò ngang ở xóm Chài, câu thứ {number}?" for number in range(3)]
    folds = "".join(
        f"<div><button aria-expanded='false'>{question}</button><p style='display:none'>{text}</p></div>"
        for question, text in zip(asked, TEXT, strict=False)
    )
    read = article(tmp_path / "bài.html", page(f"<main><h1>{TITLE}</h1>{folds}</main>"))
    assert read.body.split("\n") == [line for pair in zip(asked, TEXT, strict=False) for line in pair]


def test_a_short_text_below_its_title_counts_before_a_long_side_bar(tmp_path: Path) -> None:
    markup = page(
        f"<div class='detail'><h1>{TITLE}</h1><p>{TEXT[0]}</p></div>"
        f"<div class='sidebar'><h3>Giới thiệu</h3>{paragraphs(*TEXT[2:], *OTHER)}</div>"
    )
    assert article(tmp_path / "bài.html", markup).body == TEXT[0]


@pytest.mark.parametrize(
    ("declared", "heading"),
    [
        ("Lịch công tác tuần 32 - Phường An Lạc", "Lịch công tác tuần 32 (từ 3/8 đến 7/8)"),
        ("Thông tin văn bản", "Về việc mở lại bến đò"),
    ],
)
def test_a_heading_counts_before_a_title_that_says_less(tmp_path: Path, declared: str, heading: str) -> None:
    markup = f"<html><head><title>{declared}</title></head><body><h2>{heading}</h2>{paragraphs(*TEXT)}"
    assert article(tmp_path / "bài.html", markup).title == heading


def test_a_name_behind_a_date_and_a_dot_is_the_author(tmp_path: Path) -> None:
    stamp = "<div>05/06/2026 16:05 · Trịnh Quang</div>"
    read = article(tmp_path / "bài.html", page(f"<h1>{TITLE}</h1>{stamp}<main>{paragraphs(*TEXT)}</main>"))
    assert (read.author, str(read.published)[:16]) == ("Trịnh Quang", "2026-06-05 16:05")
