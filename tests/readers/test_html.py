import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reading import HANOI, article, reason, windows_1258

FIRST = (
    "Sáng 3/2, phường khai mạc hội chợ xuân tại công viên trung tâm với hơn sáu mươi gian hàng của bà con."
)
SECOND = "Hội chợ mở cửa từ 8 giờ đến 21 giờ hằng ngày, bà con vào cửa tự do và được gửi xe không mất tiền."

DECLARED = f"""\
<!DOCTYPE html>
<html lang="vi-VN"><head><meta charset="utf-8"><title>Khai mạc hội chợ xuân | Cổng thông tin</title>
<meta property="og:site_name" content="Cổng thông tin phường">
<link rel="canonical" href="https://haiyen.example.vn/hoi-cho-xuan">
<meta property="og:title" content="Khai mạc hội chợ xuân">
<meta property="article:published_time" content="2024-02-03T08:15:00+07:00">
<meta property="article:section" content="Kinh tế"><meta name="author" content="Lan Anh"></head>
<body><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul></nav>
<article><h1>Khai mạc hội chợ xuân</h1><p>{FIRST}</p>
<p>{SECOND.replace("vào cửa", "<b>vào</b> <a href='/x'>cửa</a>")}</p><h2>Giá thuê</h2>
<ul><li>Gian nhỏ: 500.000 đồng</li><li>Gian lớn: 900.000 đồng</li></ul>
<table><tr><th>Ngày</th><th>Việc</th></tr><tr><td>4/2</td><td>Thi gói bánh chưng</td></tr></table>
</article><footer>Bản quyền thuộc về phường</footer><script>var x = 1;</script></body></html>"""

PORTAL = f"""\
<html><body><div class="content"><span>Tin tức</span><h2 class="title">Khai mạc hội chợ xuân</h2>
<div>08:15 | 03/02/2024</div><div>Print E-mail</div><div>{FIRST}</div><div>{SECOND}</div>
<p>Bài, ảnh: Lan Anh</p></div></body></html>"""


def test_a_page_gives_what_it_declares(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.html", DECLARED)
    assert read.title == "Khai mạc hội chợ xuân"
    assert read.url == read.id == "https://haiyen.example.vn/hoi-cho-xuan"
    assert read.published == datetime(2024, 2, 3, 1, 15, tzinfo=UTC)
    assert read.author == "Lan Anh"
    assert read.section == "Kinh tế"
    assert read.language == "vi-VN"


def test_the_text_of_a_page_is_its_article_alone_in_plain_paragraphs(tmp_path: Path) -> None:
    assert article(tmp_path / "bài.html", DECLARED).body.split("\n") == [
        FIRST,
        SECOND,
        "Giá thuê",
        "Gian nhỏ: 500.000 đồng",
        "Gian lớn: 900.000 đồng",
        "Ngày – Việc",
        "4/2 – Thi gói bánh chưng",
    ]


def test_what_a_portal_prints_around_the_text_fills_the_gaps(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.htm", PORTAL)
    assert read.title == "Khai mạc hội chợ xuân"
    assert read.section == "Tin tức"
    assert read.published == datetime(2024, 2, 3, 8, 15, tzinfo=HANOI)
    assert read.author == "Lan Anh"
    assert read.body == f"{FIRST}\n{SECOND}"


def test_leads_lists_in_cells_and_captions_are_part_of_the_text(tmp_path: Path) -> None:
    page = f"""<html><body><div><h1>Hội chợ xuân</h1><div class="sapo">Mời bà con đến chơi hội chợ.</div>
        <div><p>{FIRST}</p><figure><img src="a.jpg"><figcaption>Cổng chào lúc mở cửa.</figcaption></figure>
        <p>{SECOND}</p><table><tr><td>Gian nhỏ</td><td><ul><li>500.000 đồng</li><li>có mái</li></ul></td></tr>
        </table></div></div></body></html>"""
    assert article(tmp_path / "bài.html", page).body.split("\n") == [
        "Mời bà con đến chơi hội chợ.",
        FIRST,
        "Cổng chào lúc mở cửa.",
        SECOND,
        "Gian nhỏ – 500.000 đồng có mái",
    ]


def test_a_day_that_the_text_mentions_is_not_the_date(tmp_path: Path) -> None:
    page = f"<html><body><h1>Hội chợ</h1><p>{FIRST}</p><p>Ngày 5/6/2022 {SECOND}</p></body></html>"
    assert article(tmp_path / "bài.html", page).published is None


def test_a_day_without_a_time_is_a_date_too(tmp_path: Path) -> None:
    page = DECLARED.replace("T08:15:00+07:00", "")
    assert article(tmp_path / "bài.html", page).published == datetime(2024, 2, 3, tzinfo=HANOI)


def test_the_hour_is_the_printed_one_where_only_the_day_is_declared(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="{}">'
    for declared, moment in (
        ("2024-02-03", (3, 8, 15)),
        ("2024-02-04", (4, 0, 0)),
        ("2024-02-03T07:00", (3, 7, 0)),
    ):
        page = PORTAL.replace("<body>", f"<head>{meta.format(declared)}</head><body>")
        day, hour, minute = moment
        read = article(tmp_path / "bài.html", page)
        assert read.published == datetime(2024, 2, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize("page", ["<p>Mai nghỉ lễ.</p>", "<html><body><p>Mai nghỉ lễ.</p></body></html>"])
def test_a_short_notice_is_read_whole(tmp_path: Path, page: str) -> None:
    assert article(tmp_path / "bài.html", page).body == "Mai nghỉ lễ."


def test_paragraphs_of_a_short_page_are_not_run_together(tmp_path: Path) -> None:
    page = "<html><body><h1>Nghỉ lễ</h1><p>Mai phường nghỉ lễ.</p><p>Sáng mốt làm việc.</p></body></html>"
    assert article(tmp_path / "bài.html", page).body == "Mai phường nghỉ lễ.\nSáng mốt làm việc."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258"])
@pytest.mark.parametrize("prologue", ["", "<?xml version='1.0' encoding='{}'?>\n"])
def test_a_page_is_read_in_its_encoding(tmp_path: Path, charset: str, prologue: str) -> None:
    page = prologue.format(charset) + DECLARED.replace("utf-8", charset)
    content = windows_1258(page) if charset == "windows-1258" else page.encode()
    assert article(tmp_path / "bài.xhtml", content).body.startswith(FIRST)


def test_a_western_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    text = "Le maire a annoncé à l'hôtel de ville que les élèves étaient invités à l'été."
    page = f"<html lang=fr><head><meta charset=iso-8859-1></head><body><p>{text}</p></body></html>"
    read = article(tmp_path / "page.html", page.encode("cp1252"))
    assert (read.body, read.language) == (text, "fr")


@pytest.mark.parametrize("name", ['class="TieuDe"', "", 'id="ctr412_lblTitle"'])
def test_a_title_in_a_line_of_text_and_a_name_at_the_right_are_found(tmp_path: Path, name: str) -> None:
    page = f"""<html><head><title>Cổng TTĐT huyện Tháp Nước &gt; Tin &gt; Chi tiết tin</title></head><body>
    <div><span {name}>Xã hiến đất mở đường</span><br><span>Cập nhật lúc: 12/03/2026 09:15:00</span><br>
    <span><b>Hơn 40 hộ dân hiến 3.000 m² đất vườn để làm đường mới.</b></span>
    <div>{FIRST}<br><br>{SECOND}</div>
    <div align="right"><b>Minh Khoa</b></div></div></body></html>"""
    read = article(tmp_path / "tin.html", page)
    assert (read.title, read.author) == ("Xã hiến đất mở đường", "Minh Khoa")
    assert read.published == datetime(2026, 3, 12, 9, 15, tzinfo=HANOI)
    assert read.body.startswith("Hơn 40 hộ dân")


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x()</script></body></html>", "<br>"])
def test_a_page_without_an_article_is_reported(tmp_path: Path, page: str) -> None:
    assert reason(tmp_path / "bài.html", page) == "no article found in this page"


def test_a_page_nested_beyond_reason_is_an_article_or_an_error(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 3000 + FIRST + "</div>" * 3000
    assert reason(tmp_path / "bài.html", page)


def test_an_error_inside_trafilatura_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_settings: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    assert reason(tmp_path / "bài.html", DECLARED) == "not readable as HTML: RecursionError"


TEASERS = "".join(
    f'<div><a href="/{n}">Bài số {n} về hội chợ xuân</a><p>{FIRST[:60]}...</p></div>' for n in range(5)
)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<app-root>Đang tải dữ liệu…</app-root><p>Vui lòng bật JavaScript để dùng.</p>", "no article found"),
        (f"<h1>Kết quả tìm kiếm cho “chợ”</h1><p>Tìm thấy 27 kết quả</p>{TEASERS}", "a list of articles"),
        (f"<h2>Tin nổi bật</h2>{TEASERS}<h2>Kinh tế</h2>{TEASERS}", "a list of articles"),
    ],
    ids=["a page that waits for its script", "results of a search", "a front page"],
)
def test_what_is_no_article_is_named(tmp_path: Path, page: str, said: str) -> None:
    assert reason(tmp_path / "a.html", f"<html><body>{page}</body></html>").startswith(said)


def test_an_article_that_ends_in_points_is_no_list(tmp_path: Path) -> None:
    page = f"<h1>Chuyện chợ</h1><p>{FIRST[:-1]}...</p><p>{SECOND[:-1]}...</p><p>{FIRST[20:-1]}…</p>"
    assert article(tmp_path / "a.html", f"<html><body>{page}</body></html>").title == "Chuyện chợ"


def test_what_nuxt_writes_once_and_numbers_is_put_together(tmp_path: Path) -> None:
    state = [{"data": 1}, {"post": 2}, {"title": 3, "content": 4, "date": 5}, "Dời trạm bơm Mỹ Phú"]
    state += [f"<p>{FIRST}</p><p>{SECOND}</p>", "2026-03-12T08:00:00+07:00"]
    page = f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(state)}</script>'
    read = article(tmp_path / "a.html", f"<html><body>{page}</body></html>")
    assert (read.title, read.body) == ("Dời trạm bơm Mỹ Phú", f"{FIRST}\n{SECOND}")
    assert read.published == datetime(2026, 3, 12, 8, tzinfo=HANOI)


def test_whose_account_posted_a_page_is_no_part_of_its_date_line(tmp_path: Path) -> None:
    page = PORTAL.replace("08:15 | 03/02/2024", "Đăng lúc: 03/02/2024 08:15 - Người đăng bài viết: quan tri")
    read = article(tmp_path / "a.html", page)
    assert (read.author, read.published) == ("Lan Anh", datetime(2024, 2, 3, 8, 15, tzinfo=HANOI))
