from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HANOI, article, windows_1258

from retrieval.readers.plain import plain_paragraphs

SHARED = Path(__file__).parents[3] / "shared"
AT_08_15 = datetime(2024, 2, 3, 8, 15, tzinfo=HANOI)

# As a browser saves a page: no-break spaces around the tools and in "blank" lines, a caption broken in two.
PORTAL_PAGE = """\
Tin tức Tin tức
Phường Hải Yến khai mạc hội chợ xuân bên bờ kè sông Lụa
08:15 | 03/02/2024 Print\u00a0 \u00a0E-mail \u00a0 \u00a0

\u00a0
Sáng 3/2, phường khai mạc hội chợ xuân với hơn sáu mươi gian hàng của bà con.
\u00a0
Bà Lê Thị Hòa, Chủ tịch phường, cắt băng khai mạc hội chợ và tặng hoa các
hộ kinh doanh
\u00a0
Hội chợ mở cửa từ 8 giờ đến 21 giờ hằng ngày.
\u00a0
Tin, ảnh: Minh Châu, Đài truyền thanh
"""
BODY = """\
Sáng 3/2, phường khai mạc hội chợ xuân với hơn sáu mươi gian hàng của bà con.
Bà Lê Thị Hòa, Chủ tịch phường, cắt băng khai mạc hội chợ và tặng hoa các hộ kinh doanh
Hội chợ mở cửa từ 8 giờ đến 21 giờ hằng ngày."""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_saved_portal_page_gives_its_fields_and_the_text_alone(
    tmp_path: Path, encoding: str, end: str
) -> None:
    page = PORTAL_PAGE.replace("\n", end)
    content = windows_1258(page) if encoding == "cp1258" else page.encode(encoding)
    read = article(tmp_path / "bài.txt", content)
    assert read.title == "Phường Hải Yến khai mạc hội chợ xuân bên bờ kè sông Lụa"
    assert read.section == "Tin tức"
    assert read.published == AT_08_15
    assert read.author == "Minh Châu, Đài truyền thanh"
    assert read.body == BODY


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="needs ../shared/seeds, which is not there")
def test_the_first_portal_page_that_was_ever_given_is_read_whole() -> None:
    (path,) = (SHARED / "seeds").glob("*.txt")
    read = article(path)
    assert read.section == "Chuyên đề"
    assert read.title.startswith("Phường Thắng Tam với kết quả")
    assert read.title.endswith("Hồ Chí Minh")
    assert read.published == datetime(2016, 5, 1, 6, 21, tzinfo=HANOI)
    assert read.author == "Hồng Như, BTT"
    assert len(read.body.split("\n")) == 8
    assert [paragraph for paragraph in read.body.split("\n") if paragraph.endswith("giải trong hội thi")] == [
        paragraph for paragraph in read.body.split("\n") if paragraph.startswith("Bà Nguyễn Thị Vân, Bí thư")
    ]
    assert "Print" not in read.title + read.body
    assert "Bài, ảnh" not in read.body


@pytest.mark.parametrize(
    "line",
    [
        "03/02/2024 | 08:15",
        "Thứ bảy, 03/02/2024, 08:15 (GMT+7)",
        "Ngày đăng: 03/02/2024 08:15",
        "Cập nhật lúc 08:15 ngày 03/02/2024",
        "08:15 | 03/02/2024 | In bài viết | Gửi email | Lượt xem: 1.204",
        "Published on 2024-02-03 08:15",
        "Đăng ngày 03-02-2024 | 08:15 AM | Lượt xem: 1.204 lượt",
        "03/02/2024 08:15 | 25 lượt xem | Cỡ chữ A- A A+",
        "03/02/2024 08:15 Aa Aa- Aa+",
        "03/02/2024 08:15 Nghe đọc bài viết",
        "T7, 03/02/2024 08:15",
        "8 giờ 15 ngày 03/02/2024",
        "Saturday, 3 February 2024 08:15",
        "03/02/2024 08:15\nLượt xem: 25 Bình luận: 0",
        "03/02/2024 08:15\nThích 0 Chia sẻ",
        "Ngày đăng: 03/02/2024 08:15\nNgày cập nhật: 05/02/2024 17:00",
    ],
)
def test_the_date_line_is_known_in_every_form(tmp_path: Path, line: str) -> None:
    read = article(tmp_path / "bài.txt", f"Hội chợ xuân khai mạc ở bờ kè\n{line}\n\nMời bà con đến dự.")
    assert (read.title, read.published) == ("Hội chợ xuân khai mạc ở bờ kè", AT_08_15)
    assert read.body == "Mời bà con đến dự."


@pytest.mark.parametrize(
    ("header", "title", "section"),
    [
        ("Hội chợ xuân khai mạc\n03/02/2024", "Hội chợ xuân khai mạc", None),
        (
            "Trang chủ > Tin tức > Kinh tế\nHội chợ xuân khai mạc\n03/02/2024",
            "Hội chợ xuân khai mạc",
            "Kinh tế",
        ),
        ("Kinh tế\n03/02/2024\nHội chợ xuân khai mạc", "Hội chợ xuân khai mạc", "Kinh tế"),
        ("03/02/2024\n\nHội chợ xuân khai mạc", "Hội chợ xuân khai mạc", None),
        (
            "Kinh tế\nHội chợ xuân của phường\nkhai mạc\n03/02/2024",
            "Hội chợ xuân của phường khai mạc",
            "Kinh tế",
        ),
        ("Kinh tế Kinh tế\n\nHội chợ xuân khai mạc", "Hội chợ xuân khai mạc", "Kinh tế"),
        ("Trang chủ » Kinh tế\nHội chợ xuân khai mạc", "Hội chợ xuân khai mạc", "Kinh tế"),
        ("Hội chợ xuân khai mạc\n03/02/2024\nPrint   E-mail", "Hội chợ xuân khai mạc", None),
        (
            "Kinh tế\nHội chợ xuân của\nPhường Hải Yến\n03/02/2024",
            "Hội chợ xuân của Phường Hải Yến",
            "Kinh tế",
        ),
        (f"Kinh tế\n{'Hội chợ xuân ' * 17}\n03/02/2024", " ".join(["Hội chợ xuân"] * 17), "Kinh tế"),
    ],
)
def test_title_and_section_are_found_around_the_date_line(
    tmp_path: Path, header: str, title: str, section: str | None
) -> None:
    read = article(tmp_path / "bài.txt", f"{header}\n\nMời bà con đến dự.\n\nVào cửa tự do.")
    assert (read.title, read.section) == (title, section)
    assert read.body == "Mời bà con đến dự.\nVào cửa tự do."


@pytest.mark.parametrize(
    ("section", "lead"),
    [
        (None, "Hơn sáu mươi gian hàng chờ bà con."),
        ("Tin trong phường", "Hơn sáu mươi gian hàng chờ bà con."),
        ("Kinh tế - Xã hội", "Hơn sáu mươi gian hàng chờ bà con"),
        (None, "Hơn sáu mươi gian hàng chờ bà con. " * 8),
        ("Kinh tế", "Hơn sáu mươi gian hàng chờ bà con. " * 8),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_lead_above_the_date_line_belongs_to_the_text(
    tmp_path: Path, section: str | None, lead: str, gap: str
) -> None:
    header = [section] if section else []
    header += ["Hội chợ xuân khai mạc bên bờ kè", lead, "03/02/2024 08:15", "Mời bà con đến dự."]
    read = article(tmp_path / "bài.txt", gap.join(header))
    assert (read.title, read.section) == ("Hội chợ xuân khai mạc bên bờ kè", section)
    assert read.published == AT_08_15
    assert read.body == f"{lead.strip()}\nMời bà con đến dự."


def test_a_title_is_never_glued_to_a_date_line_that_is_not_understood(tmp_path: Path) -> None:
    title = "Phường Hải Yến khai mạc hội chợ xuân bên bờ kè sông Lụa với hơn sáu mươi gian hàng"
    read = article(tmp_path / "bài.txt", f"{title}\nTại bờ kè, chiều muộn 03/02/24\n\nMời bà con.")
    assert (read.title, read.published) == (title, None)
    assert read.body == "Tại bờ kè, chiều muộn 03/02/24\nMời bà con."


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Bài, ảnh: Lan Anh", "Lan Anh"),
        ("Bài và ảnh: Lan Anh - Đức Minh", "Lan Anh - Đức Minh"),
        ("Tin: Đức Minh", "Đức Minh"),
        ("Tác giả: Lan Anh", "Lan Anh"),
        ("(Theo Báo Nhân Dân)", "Báo Nhân Dân"),
        ("Nguồn: haiyen.example.vn", "haiyen.example.vn"),
        ("Nguồn: Cổng Thông tin điện tử phường Hải Yến", "Cổng Thông tin điện tử phường Hải Yến"),
        ("Theo báo Sông Lụa", "báo Sông Lụa"),
        ("TIN, ẢNH: LAN ANH", "LAN ANH"),
        ("Bài, ảnh: Lan Anh, BTT", "Lan Anh, BTT"),
        ("Ảnh: PV", "PV"),
        ("Tin: Ban biên tập", "Ban biên tập"),
        ("Thực hiện: Lan Anh và Đức Minh (tổng hợp)", "Lan Anh và Đức Minh (tổng hợp)"),
        ("Tin: Đức Minh\nẢnh: Lan Anh", "Đức Minh, Lan Anh"),
        ("Tác giả: Lan Anh\nNguồn: TTXVN", "Lan Anh"),
    ],
)
def test_a_closing_byline_is_the_author_and_leaves_the_text(tmp_path: Path, line: str, author: str) -> None:
    read = article(tmp_path / "bài.txt", f"Hội chợ xuân\n\nMời bà con đến dự.\n\nVào cửa tự do.\n{line}\n")
    assert (read.author, read.body) == (author, "Mời bà con đến dự.\nVào cửa tự do.")


@pytest.mark.parametrize(
    "line",
    [
        "Theo kế hoạch, hội chợ kéo dài ba ngày.",
        "Theo chủ tịch phường",
        "Tin: Hội chợ đã khai mạc.",
        "Ảnh: quang cảnh hội chợ",
        "Ảnh: Lễ phát quà tại nhà văn hóa khu phố",
        "Ảnh: Báo cáo viên trình bày trước hội nghị",
        "Video: Bến đò Hải Yến đông nghẹt khách sáng nay",
        "Thực hiện: Trạm Y tế phường Hải Yến từ 1/6",
        "Nguồn: 12 tỷ đồng từ ngân sách thành phố",
    ],
)
def test_a_sentence_or_caption_that_begins_like_a_byline_stays(tmp_path: Path, line: str) -> None:
    below = article(tmp_path / "a.txt", f"Hội chợ xuân\n\nMời bà con đến dự.\n\n{line}")
    assert (below.author, below.body) == (None, f"Mời bà con đến dự.\n{line}")
    above = article(tmp_path / "b.txt", f"Hội chợ xuân khai mạc\n03/02/2024\n\n{line}\n\nMời bà con.")
    assert (above.author, above.body) == (None, f"{line}\nMời bà con.")


def test_a_byline_in_the_header_is_the_author(tmp_path: Path) -> None:
    named = "Hội chợ xuân\n03/02/2024 | Tác giả: Lan Anh\n\nMời bà con."
    below = "Hội chợ xuân\n03/02/2024\nTác giả: Lan Anh\n\nMời bà con."
    for name, text in (("a", named), ("b", below)):
        read = article(tmp_path / f"{name}.txt", text)
        assert (read.author, read.body) == ("Lan Anh", "Mời bà con.")


def test_a_name_beside_the_date_is_the_author_and_a_place_is_not(tmp_path: Path) -> None:
    read = article(tmp_path / "a.txt", "Hội chợ xuân khai mạc\nLan Anh - 03/02/2024 08:15\n\nMời bà con.")
    assert (read.author, read.published) == ("Lan Anh", AT_08_15)
    read = article(tmp_path / "b.txt", "Hội chợ xuân khai mạc\nHải Yến, 03/02/2024 08:15\n\nMời bà con.")
    assert (read.author, read.published) == (None, None)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("day", ["Thứ Hai, ngày {}/02/2024", "Ngày {}/02/2024"])
def test_the_days_of_a_schedule_are_its_own(tmp_path: Path, day: str, gap: str) -> None:
    lines = ["Lịch cắt nước trong tuần", day.format(5), "Khu phố 1.", day.format(6), "Khu phố 2."]
    read = article(tmp_path / "bài.txt", gap.join(lines))
    assert (read.title, read.published) == (lines[0], None)
    assert read.body.split("\n") == lines[1:]


def test_a_date_inside_the_text_is_not_the_date_of_the_article(tmp_path: Path) -> None:
    text = "Lịch tiếp dân ngày 03/02/2024\n\nHạn chót: 05/02/2024\n\nMời bà con."
    read = article(tmp_path / "bài.txt", text)
    assert (read.title, read.published) == ("Lịch tiếp dân ngày 03/02/2024", None)
    assert read.body == "Hạn chót: 05/02/2024\nMời bà con."


def test_a_first_line_with_a_stroke_is_no_breadcrumb(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "Trời mát, 25 / 31 độ.\n\nMời bà con.")
    assert (read.section, read.body) == (None, "Trời mát, 25 / 31 độ.\nMời bà con.")


def test_an_impossible_date_is_left_out_and_the_article_goes_in(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "Hội chợ xuân\n\n31/02/2024\n\nMời bà con.")
    assert (read.published, read.title) == (None, "Hội chợ xuân")


def test_a_short_first_line_before_a_blank_one_is_the_title(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "Hội chợ xuân\n\nMời bà con đến dự.")
    assert (read.title, read.body) == ("Hội chợ xuân", "Mời bà con đến dự.")


def test_without_blank_lines_every_line_is_a_paragraph_and_the_first_the_title(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "Hội chợ xuân\nMời bà con đến dự.\nvào cửa tự do")
    assert (read.title, read.body) == ("Hội chợ xuân", "Mời bà con đến dự.\nvào cửa tự do")


def test_a_text_without_a_title_is_called_by_its_first_sentence(tmp_path: Path) -> None:
    text = "Sáng nay, phường khai mạc hội chợ. Mời bà con đến dự.\n\nVào cửa tự do."
    read = article(tmp_path / "bài.txt", text)
    assert read.title == "Sáng nay, phường khai mạc hội chợ"
    assert read.body == text.replace("\n\n", "\n")


def test_a_long_first_sentence_is_cut_between_words_for_a_title(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "hội chợ " * 100 + ".")
    assert read.title == " ".join(["hội chợ"] * 15) + "…"


def test_a_single_line_is_text_and_not_only_a_title(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.txt", "Mai nghỉ lễ")
    assert (read.title, read.body) == ("Mai nghỉ lễ", "Mai nghỉ lễ")


def test_lines_broken_by_a_margin_are_joined() -> None:
    lines = [
        "Sáng nay, hơn hai trăm đoàn viên thanh niên của các khu phố trong",
        "Phường Hải Yến ra quân dọn rác dọc bờ kè. Bà con hai bên đường",
        "mang nước ra mời.",
        "",
        "Chiều cùng ngày, đoàn trao quà cho các hộ khó khăn.",
    ]
    assert plain_paragraphs(lines) == [" ".join(lines[:3]), lines[4]]


def test_a_caption_broken_before_a_name_is_joined() -> None:
    lines = ["Bà Lê Thị Hòa, Chủ tịch phường, tặng quà cho", "Trường Tiểu học Hải Yến", "", "Hết."]
    assert plain_paragraphs(lines) == [" ".join(lines[:2]), "Hết."]


def test_one_paragraph_broken_by_a_margin_below_its_title_is_joined(tmp_path: Path) -> None:
    lines = ["Sáng nay, hơn hai trăm đoàn viên của phường ra quân dọn", "rác dọc bờ kè."]
    for header in ("Ra quân dọn rác", "Ra quân dọn rác bờ kè\n03/02/2024"):
        read = article(tmp_path / "bài.txt", f"{header}\n\n" + "\n".join(lines))
        assert read.body == " ".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["Bản sao khai sinh: 8.000 đồng", "Chứng thực chữ ký: 10.000 đồng", "Chứng thực bản sao: 2.000 đồng"],
        ["Hỏi: Đổi thẻ ở đâu, khi nào và cần mang theo những giấy tờ gì khi đến?"] + ["Đáp: Ở phường."] * 2,
        ["Con đò gác mái chiều nay", "Bờ kè rêu phủ mấy ngày không ai", "Gió qua cửa chợ thở dài"],
        ["I. Bản chính giấy khai sinh của con", "II. Bản sao căn cước của cha và mẹ", "A) Nộp tại phường"],
    ],
)
def test_lines_that_their_writer_ended_stay_apart(lines: list[str]) -> None:
    assert plain_paragraphs([*lines, "", "Hết."]) == [*lines, "Hết."]


def test_list_items_and_unbroken_paragraphs_stay_apart() -> None:
    lines = [
        "Bà con cần mang theo các giấy tờ sau đây khi đến làm thẻ:",
        "- Căn cước công dân còn hạn, bản chính và một bản sao kèm",
        "1. Đơn theo mẫu",
        "UBND phường Hải Yến",
        "Điện thoại: 0900 000 000",
        "",
        "Đoạn dài. " * 20,
        "Đoạn sau.",
    ]
    assert plain_paragraphs(lines) == [line for line in lines if line]


@given(st.lists(st.text(alphabet="aB1 -.:đ", max_size=12).map(str.strip)))
def test_joining_lines_loses_no_word(lines: list[str]) -> None:
    assert " ".join(plain_paragraphs(lines)).split() == " ".join(lines).split()


def test_a_letter_of_an_association_without_a_motto_is_dated_where_it_is_signed(tmp_path: Path) -> None:
    letter = """HỘI NÔNG DÂN XÃ ĐỒNG THÁP MỚI
CHI HỘI ẤP BÌNH HÒA
***
GIẤY MỜI
V/v dự hội thảo trồng sen lấy ngó
Kính mời: Ông (bà) hội viên chi hội.
Thời gian: 8 giờ ngày 21/3/2026, tại nhà văn hóa ấp.
Đồng Tháp Mới, ngày 14/3/2026
Chi hội trưởng"""
    read = article(tmp_path / "moi.txt", letter)
    assert read.title == "Giấy mời về việc dự hội thảo trồng sen lấy ngó"
    assert read.published == datetime(2026, 3, 14, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("BẢN TIN XÃ LONG HỰU – Số 9/2026", "Bến phà mở đêm"),
        ("Tạp chí Nghề Chài, số 12 (tháng 3 năm 2026)", "Bến phà mở đêm"),
        ("Bản tin dự báo, cảnh báo bão số 3", "Bản tin dự báo, cảnh báo bão số 3"),
    ],
)
def test_the_name_and_number_of_a_paper_are_not_the_title(tmp_path: Path, above: str, title: str) -> None:
    read = article(tmp_path / "a.txt", f"{above}\n\nBến phà mở đêm\n\nPhà chạy thêm hai chuyến đến 22 giờ.\n")
    assert read.title == title
    assert read.body.endswith("Phà chạy thêm hai chuyến đến 22 giờ.")
