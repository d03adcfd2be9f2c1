"""Papers of schools, hospitals and offices, in the formats of their programs."""

import json
from pathlib import Path

import papers
from papers import lines, paragraph, table
from reading import article, items

from retrieval.article import Article
from retrieval.errors import ReadError

LEFT = [
    "Bến phà Cái Sơn chạy thêm hai chuyến đêm từ ngày",
    "15 tháng 9. Chuyến đầu rời bến lúc 21 giờ, chuyến",
    "sau lúc 22 giờ 30, mỗi chuyến chở tối đa bốn mươi",
    "xe máy và không chở xe tải.",
    "Giá vé ban đêm bằng giá ban ngày. Học sinh và người",
    "trên 70 tuổi đi không mất tiền, chỉ cần đưa thẻ cho",
    "người soát vé.",
]
RIGHT = [
    "Ông Hồ Văn Lượm, tài công, nói nước ròng làm phà cập",
    "bến chậm chừng năm phút, nên khách đến trước giờ chạy",
    "ít nhất mười phút cho kịp.",
    "Phà ngưng chạy khi gió từ cấp sáu trở lên. Lúc ấy",
    "loa ở hai bến báo trước nửa giờ, và tin được gửi vào",
    "nhóm của ấp để bà con khỏi",
]
SECOND = [
    "ra bến chờ.",
    "Bến có chỗ gửi xe, giá 3.000 đồng một đêm, mở đến",
    "chuyến cuối cùng. Ai để quên đồ hỏi ở phòng vé, số",
    "máy 0277 765 4321, từ sáu giờ sáng.",
]
BODY = [
    "Bến phà Cái Sơn chạy thêm hai chuyến đêm từ ngày 15 tháng 9. Chuyến đầu rời bến lúc 21 giờ, chuyến sau "
    "lúc 22 giờ 30, mỗi chuyến chở tối đa bốn mươi xe máy và không chở xe tải.",
    "Giá vé ban đêm bằng giá ban ngày. Học sinh và người trên 70 tuổi đi không mất tiền, chỉ cần đưa "
    "thẻ cho người soát vé.",
    "Ông Hồ Văn Lượm, tài công, nói nước ròng làm phà cập bến chậm chừng năm phút, nên khách đến trước giờ "
    "chạy ít nhất mười phút cho kịp.",
    "Phà ngưng chạy khi gió từ cấp sáu trở lên. Lúc ấy loa ở hai bến báo trước nửa giờ, và tin được gửi vào "
    "nhóm của ấp để bà con khỏi ra bến chờ.",
    "Bến có chỗ gửi xe, giá 3.000 đồng một đêm, mở đến chuyến cuối cùng. Ai để quên đồ hỏi ở phòng vé, số "
    "máy 0277 765 4321, từ sáu giờ sáng.",
]


def test_a_bulletin_in_two_columns_comes_without_its_running_heads(tmp_path: Path) -> None:
    first = [
        (0.1, 0.95, "BẢN TIN XÃ LONG HỰU"),
        (0.75, 0.95, "Số 9 – Tháng 9/2026"),
        (0.1, 0.9, "Phà Cái Sơn chạy đêm"),
        *lines(0.1, 0.86, LEFT),
        *lines(0.54, 0.86, RIGHT),
        (0.48, 0.04, "– 1 –"),
    ]
    second = [
        (0.1, 0.95, "BẢN TIN XÃ LONG HỰU"),
        (0.75, 0.95, "Số 9 – Tháng 9/2026"),
        *lines(0.1, 0.9, SECOND),
        (0.48, 0.04, "– 2 –"),
    ]
    read = article(tmp_path / "bản tin.pdf", papers.pdf([first, second]))
    assert read.title == "Phà Cái Sơn chạy đêm"
    assert read.body.split("\n") == BODY
    assert read.page_at(read.body.index("khỏi ra bến") + len("khỏi r")) == 2


def test_words_that_a_margin_cut_are_whole_and_dashes_stay(tmp_path: Path) -> None:
    texts = [
        "The commune library lends up to five books at a time, and read-",
        "ers over seventy may keep them for a month. The mobile lib-",
        "rary stops at the well-known ferry landing on Monday and Fri-",
        "day, from seven to nine. Cards are free for people of Covid-",
        "19 volunteer teams, who show the paper they were given.",
    ]
    read = article(tmp_path / "library.pdf", papers.pdf([[(0.1, 0.9, "Library"), *lines(0.1, 0.86, texts)]]))
    assert "and readers over seventy" in read.body
    assert "The mobile library stops at the well-known ferry" in read.body
    assert "Monday and Friday" in read.body
    assert "of Covid-19 volunteer teams" in read.body


def test_the_letter_of_a_hospital_as_pdf_has_its_subject_and_date(tmp_path: Path) -> None:
    page = [
        *lines(0.1, 0.94, ["SỞ Y TẾ TỈNH VĨNH LONG", "BỆNH VIỆN BÌNH MINH", "Số: 318/BVBM-KHTH"]),
        *lines(0.1, 0.88, ["V/v đổi giờ khám bệnh ngoại trú"]),
        *lines(0.5, 0.94, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "     Độc lập – Tự do – Hạnh phúc"]),
        (0.52, 0.9, "Bình Minh, ngày 03 tháng 8 năm 2026"),
        (0.3, 0.84, "Kính gửi: Ủy ban nhân dân các phường, xã"),
        *lines(
            0.1,
            0.8,
            [
                "Từ ngày 10/8/2026, khoa Khám bệnh lấy số lúc 5 giờ 30, khám từ 6 giờ 30 các ngày",
                "trong tuần, riêng Chủ nhật chỉ nhận cấp cứu. Gọi tổng đài 1900 0318 để lấy số trước.",
            ],
        ),
        (0.48, 0.04, "Trang 1/1"),
    ]
    read = article(tmp_path / "cv.pdf", papers.pdf([page]))
    assert read.title == "Công văn về việc đổi giờ khám bệnh ngoại trú"
    assert read.published is not None
    assert read.published.date().isoformat() == "2026-08-03"
    assert "các ngày trong tuần, riêng Chủ nhật" in read.body
    assert "Trang 1/1" not in read.body


HEAD = [
    [
        "PHÒNG GIÁO DỤC HUYỆN CẦN ĐƯỚC\nTRƯỜNG THCS NGUYỄN VĂN KHẢI\nSố: 57/TB-NVK",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nCần Đước, ngày 12 tháng 6 năm 2026",
    ]
]
FEES = [
    ["Khoản thu", "Mức", "Thời hạn"],
    ["Bảo hiểm y tế", "631.800 đồng", "30/9"],
    ["Nước uống", "8.000 đồng", "5/9"],
]


def test_a_school_letter_with_head_table_and_footnote_is_read_as_it_looks(tmp_path: Path) -> None:
    body = (
        table(HEAD)
        + paragraph("THÔNG BÁO")
        + paragraph("Về việc các khoản thu đầu năm học 2026 - 2027")
        + paragraph("Nhà trường thông báo các khoản thu như sau:")
        + table(FEES)
        + '<w:p><w:del w:id="1" w:author="a"><w:r><w:delText>Quỹ lớp 200.000 đồng.</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>Không thu quỹ lớp</w:t></w:r></w:ins>'
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        + paragraph("Phụ huynh chuyển khoản hoặc nộp tại phòng tài vụ.")
    )
    notes = f'<w:footnote w:id="2">{paragraph("Theo Thông tư số 55 của Bộ.")}</w:footnote>'
    content = papers.docx(body, {"footer1": paragraph("Trang 1"), "footnotes": notes})
    read = article(tmp_path / "thông báo.docx", content)
    assert read.title == "Thông báo về việc các khoản thu đầu năm học 2026 - 2027"
    assert read.published is not None
    assert read.published.date().isoformat() == "2026-06-12"
    written = read.body.split("\n")
    assert "Bảo hiểm y tế – 631.800 đồng – 30/9" in written
    assert "Không thu quỹ lớp." in written
    assert "Theo Thông tư số 55 của Bộ." in read.body
    assert [odd for odd in ("Quỹ lớp 200.000", "Trang 1", "↑", "[1]", "Độc lập") if odd in read.body] == []


def test_a_letterhead_in_the_header_of_word_is_the_head_of_the_letter(tmp_path: Path) -> None:
    header = table([[HEAD[0][0], HEAD[0][1]]])
    body = (
        paragraph("GIẤY MỜI") + paragraph("Họp phụ huynh đầu năm học") + paragraph("Kính gửi: Quý phụ huynh")
    )
    body += paragraph("Nhà trường mời phụ huynh họp lúc 8 giờ ngày 20 tháng 9 tại lớp của các em.")
    parts = {"header1": paragraph("Trường THCS – tài liệu nội bộ"), "header2": header}
    read = article(tmp_path / "mời.docx", papers.docx(body, parts))
    assert read.title == "Giấy mời họp phụ huynh đầu năm học"
    assert read.published is not None
    assert "lúc 8 giờ ngày 20 tháng 9" in read.body
    assert "tài liệu nội bộ" not in read.body


def test_a_text_of_libreoffice_has_its_changes_made_and_its_notes_apart(tmp_path: Path) -> None:
    def part(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + part("Vé 20.000 đồng.")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + '<text:h text:outline-level="1">Hồ bơi phường mở lại</text:h>'
        + part(
            "Hồ bơi mở lại từ ngày 1 tháng 4<text:note text:note-class='footnote'><text:note-citation>1"
            "</text:note-citation><text:note-body><text:p>Trừ ngày thay nước.</text:p></text:note-body>"
            "</text:note>, mỗi lượt<text:s/>15.000 đồng."
        )
        + "<text:list><text:list-item>"
        + part("Ca sáng: 6 giờ đến 10 giờ")
        + "</text:list-item><text:list-item>"
        + part("Ca chiều: 15 giờ đến 19 giờ")
        + "</text:list-item></text:list>"
    )
    read = article(tmp_path / "hồ bơi.odt", papers.odt(body))
    assert read.title == "Hồ bơi phường mở lại"
    assert "Hồ bơi mở lại từ ngày 1 tháng 4, mỗi lượt 15.000 đồng." in read.body.split("\n")
    assert "Trừ ngày thay nước." in read.body
    assert "Ca chiều: 15 giờ đến 19 giờ" in read.body
    assert "Vé 20.000" not in read.body


def test_a_workbook_with_a_title_above_and_sheets_of_other_columns_is_read_by_its_names(
    tmp_path: Path,
) -> None:
    news: list[list[str | int]] = [
        ["DANH SÁCH TIN BÀI THÁNG 9"],
        [],
        ["STT", "Tiêu đề tin", "Ngày đăng", "Nội dung chi tiết", "Người viết", "Chuyên mục"],
        ["1", "Phà chạy đêm", 46280, "Phà Cái Sơn chạy thêm hai chuyến đêm.", "Kim Ngân", "Giao thông"],
    ]
    fees: list[list[str | int]] = [
        ["Tên thủ tục", "Cơ quan giải quyết", "Thời hạn giải quyết", "Lệ phí (đồng)"],
        ["Đăng ký tạm trú", "Công an xã", "03 ngày", "15.000"],
    ]
    ferry, stay = items(tmp_path / "tin.xlsx", papers.xlsx([news, fees]))
    assert isinstance(ferry, Article)
    assert isinstance(stay, Article)
    assert (ferry.title, ferry.author, ferry.section) == ("Phà chạy đêm", "Kim Ngân", "Giao thông")
    assert ferry.published is not None
    assert ferry.published.date().isoformat() == "2026-09-15"
    assert ferry.body == "Phà Cái Sơn chạy thêm hai chuyến đêm."
    assert stay.title == "Đăng ký tạm trú"
    assert "Thời hạn giải quyết: 03 ngày" in stay.body
    assert "Lệ phí (đồng): 15.000" in stay.body


def test_the_contents_of_a_book_are_no_chapter(tmp_path: Path) -> None:
    names = [f"Chương {n}: Mùa nước thứ {n} ở cù lao Dài" for n in range(1, 8)]
    contents = "".join(f'<li><a href="c{n}.xhtml">{name}</a></li>' for n, name in enumerate(names))
    pages = {
        "cover": "<img src='a.jpg'/>",
        "nav": f"<nav epub:type='toc'><h1>Mục lục</h1><ol>{contents}</ol></nav>",
    }
    for n, name in enumerate(names[:2]):
        pages[f"c{n}"] = f"<h2>{name}</h2><p>{'Nước lên ngập bờ dừa, ghe đi tắt qua vườn. ' * 8}</p>"
    read = items(tmp_path / "sách.epub", papers.epub(pages, "Cù lao Dài", "Sáu Nhàn"))
    assert [item.title if isinstance(item, Article) else item for item in read] == names[:2]


def test_a_whole_account_exported_gives_its_channels_and_no_chat(tmp_path: Path) -> None:
    def message(number: int, text: object, **more: object) -> dict[str, object]:
        return {"id": number, "type": "message", "date_unixtime": "1788492600", "text": text, **more}

    post = [
        {"type": "bold", "text": "Phà chạy đêm"},
        "\nTừ 15/9, phà có ",
        {"type": "text_link", "text": "hai chuyến", "href": "https://a.vn"},
        " đêm. ",
        {"type": "hashtag", "text": "#pha"},
    ]
    channel = {
        "name": "Xã Long Hựu", "type": "public_channel", "id": 77,
        "messages": [
            {"id": 1, "type": "service", "action": "pin_message", "text": ""},
            message(2, post, edited_unixtime="1788492700", reply_to_message_id=1),
            message(3, "", poll={"question": "Mấy giờ?", "answers": []}),
            message(4, "Chợ nghỉ hôm nay.", forwarded_from="Ban quản lý chợ"),
        ],
    }  # fmt: skip
    chat = {"name": "Má", "type": "personal_chat", "id": 5, "messages": [message(9, "Con ăn cơm chưa?")]}
    value = {"about": "…", "chats": {"about": "…", "list": [chat, channel]}, "left_chats": {"list": [chat]}}
    read = items(tmp_path / "result.json", json.dumps(value, ensure_ascii=False))
    assert [item.id if isinstance(item, Article) else str(item.reason) for item in read] == [
        "https://t.me/c/77/2", "https://t.me/c/77/4",
    ]  # fmt: skip
    assert isinstance(read[0], Article)
    assert (read[0].title, read[0].body) == ("Phà chạy đêm", "Từ 15/9, phà có hai chuyến đêm. #pha")
    assert not any(isinstance(item, ReadError) for item in read)
