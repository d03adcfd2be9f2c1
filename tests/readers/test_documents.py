"""Word, OpenDocument, RTF, books, tables and mail: what is in them becomes articles."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from old_fonts import written_in
from reading import article, items, reason

from retrieval.article import Article
from retrieval.errors import ReadError

DOCUMENTS = Path(__file__).parents[1] / "documents"
LETTER = [  # its letterhead is its title and its date
    "Thông báo về việc phát thuốc diệt lăng quăng tại khu phố Ba",
    "Ủy ban nhân dân phường Bến Gỗ thông báo: từ 8 giờ ngày 20 tháng 8, trạm y tế phát thuốc diệt lăng quăng "
    "cho từng hộ ở khu phố Ba.",
    "Mỗi hộ nhận hai gói, không phải trả tiền; người già được mang đến tận nhà.",
    "Tổ – Giờ phát",
    "Tổ 4 – 8 giờ",
    "Tổ 5 – 9 giờ 30",
    "Liên hệ: trạm y tế phường, số máy lẻ 31.",
]
CHAPTER = "<h1>Chương {n}</h1><p>" + "Nước ngập tới bậc thềm thứ ba của nhà văn hóa. " * 6 + "</p>"


def whole(read: Article) -> list[str]:
    """Title and body as lines: which of a letterhead's lines is the title is not asked here."""
    return [read.title, *read.body.split("\n")]


def zipped(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "rtf", "pdf"])
def test_a_letter_is_read_alike_from_every_format(suffix: str) -> None:
    lines = whole(article(DOCUMENTS / f"letter.{suffix}"))
    assert [line for line in LETTER if line not in lines] == []


@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_a_letter_in_tcvn3_comes_out_in_unicode(suffix: str) -> None:
    lines = whole(article(DOCUMENTS / f"letter_tcvn3.{suffix}"))
    assert [line for line in LETTER[1:] if line not in lines] == []


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "rtf"])
def test_the_name_does_not_matter_where_the_content_tells(tmp_path: Path, suffix: str) -> None:
    content = (DOCUMENTS / f"letter.{suffix}").read_bytes()
    assert LETTER[0] in whole(article(tmp_path / "thư.txt", content))
    assert LETTER[0] in whole(article(tmp_path / "thư.doc", content))


def test_a_web_page_named_as_a_word_file_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Họp</title></head><body><p>Tổ 9 họp lúc 19 giờ ở sân đình làng.</p></body></html>"
    )
    assert "Tổ 9 họp lúc 19 giờ ở sân đình làng." in article(tmp_path / "họp.doc", page).body


@pytest.mark.parametrize("suffix", ["xls", "xlsx", "ods"])
def test_each_row_of_a_sheet_is_an_article(suffix: str) -> None:
    first, second = items(DOCUMENTS / f"rows.{suffix}")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.author, second.title) == ("Sửa cầu Rạch Dừa", "Lê Na", "Tiêm phòng chó mèo")
    assert first.published is not None
    assert first.published.date().isoformat() == "2026-06-05"
    assert first.body.split("\n")[0].startswith("Cầu Rạch Dừa đóng từ ngày 3 tháng 6")
    assert first.body.split("\n")[1:] == ["Số máy: 31"]
    assert (first.origin[-2:], second.origin[-2:]) == ("#1", "#2")


@pytest.mark.parametrize("divided", [",", ";", "\t", "|"])
def test_a_table_in_text_is_read_whatever_divides_its_columns(tmp_path: Path, divided: str) -> None:
    rows = [
        ["title", "content", "date", "url"],
        ["Phà đêm", "Phà chạy thêm hai chuyến đêm.", "2026-02-03", "https://ben.example/pha"],
        ["Chợ mới", "Chợ mới mở ở đầu cầu.", "2026-02-04", ""],
    ]
    first, second = items(tmp_path / "bài.csv", "\n".join(divided.join(row) for row in rows))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.body, first.url) == (rows[1][0], rows[1][1], rows[1][3])
    assert (second.title, second.body) == (rows[2][0], rows[2][1])


def test_one_row_that_is_divided_wrongly_spoils_no_other(tmp_path: Path) -> None:
    names = ["Số TT", "Tiêu đề bài viết", "Tác giả", "Nội dung chi tiết"]
    texts = [
        "Phà ngang chạy, phà dọc nghỉ.",
        "Ghe nhỏ, ghe to, bè đều neo lại.",
        "Đò dọc nghỉ; đò ngang chạy.",
    ]
    rows = [[str(number), "Bến Đá, bến Cồn", "Lê Na", text] for number, text in enumerate(texts, start=1)]
    read = items(tmp_path / "bài.csv", "\n".join(";".join(row) for row in [names, *rows]))
    assert [(row.title, row.author, row.body) for row in read if isinstance(row, Article)][:2] == [
        tuple(row[1:]) for row in rows[:2]
    ]


def test_a_table_without_a_column_of_text_says_each_value_behind_its_name(tmp_path: Path) -> None:
    content = "STT,Tên thủ tục,Thời hạn,Lệ phí\n1,Khai sinh,1 ngày,Không\n2,Tách thửa,15 ngày,50.000 đồng\n"
    first, second = items(tmp_path / "thủ tục.csv", content)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.body) == ("Khai sinh", "Thời hạn: 1 ngày\nLệ phí: Không")
    assert "Lệ phí: 50.000 đồng" in second.body


def test_a_workbook_whose_sectors_run_in_a_circle_is_refused(tmp_path: Path) -> None:
    """Its reader would follow them until no memory is left, and end the process."""
    content = bytearray((DOCUMENTS / "rows.xls").read_bytes())
    table = 512 * (1 + int.from_bytes(content[76:80], "little"))
    content[table : table + 8] = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
    assert reason(tmp_path / "a.xls", bytes(content)) == "damaged Excel file; save it anew"


def test_columns_whose_names_say_a_word_more_are_known(tmp_path: Path) -> None:
    content = "STT;Câu hỏi của dân;Trả lời;Ngày trả lời\n1;Chợ họp mấy giờ?;<p>Từ 4 giờ.</p>;13/03/2026\n"
    (row,) = items(tmp_path / "hỏi đáp.csv", content)
    assert isinstance(row, Article)
    assert (row.title, row.body) == ("Chợ họp mấy giờ?", "Từ 4 giờ.")
    assert row.published is not None


def test_a_formula_in_a_table_stays_text(tmp_path: Path) -> None:
    (row,) = items(tmp_path / "a.csv", 'title,text\nA,"=HYPERLINK(""http://x"";""y"")"\n')
    assert isinstance(row, Article)
    assert row.body == '=HYPERLINK("http://x";"y")'


def test_a_web_page_named_as_an_excel_file_is_read_as_a_table(tmp_path: Path) -> None:
    page = (
        "<html><body><table><tr><th>Tiêu đề</th><th>Nội dung</th></tr>"
        "<tr><td>Cúp nước</td><td>Cúp nước từ 9 giờ.</td></tr></table></body></html>"
    )
    (row,) = items(tmp_path / "bảng.xls", page)
    assert isinstance(row, Article)
    assert (row.title, row.body) == ("Cúp nước", "Cúp nước từ 9 giờ.")


def test_a_table_in_an_old_font_comes_out_in_unicode(tmp_path: Path) -> None:
    table = "Tiªu ®Ò,Néi dung\n" + written_in("TCVN3", "Phát gạo,Phường phát gạo cho hộ nghèo ở nhà văn hóa.")
    (row,) = items(tmp_path / "bảng.csv", table)
    assert isinstance(row, Article)
    assert (row.title, row.body) == ("Phát gạo", "Phường phát gạo cho hộ nghèo ở nhà văn hóa.")


def epub(chapters: list[str]) -> bytes:
    names = [f"c{number}.xhtml" for number in range(len(chapters))]
    manifest = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container><rootfile full-path='O/p.opf'/></container>",
        "O/p.opf": "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
        "<dc:title>Mùa nước</dc:title><dc:creator>Trần Sậy</dc:creator></metadata>"
        f"<manifest>{manifest}</manifest><spine>{spine}</spine></package>",
    }
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>"
    return zipped(
        members | {f"O/{name}": page.format(text) for name, text in zip(names, chapters, strict=True)}
    )


def test_each_chapter_of_a_book_is_an_article_and_its_cover_none(tmp_path: Path) -> None:
    chapters = ["<p>Bìa</p>", CHAPTER.format(n=1), CHAPTER.format(n=2)]
    first, second = items(tmp_path / "sách.epub", epub(chapters))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title) == ("Chương 1", "Chương 2")
    assert (first.author, first.section) == ("Trần Sậy", "Mùa nước")
    assert first.id != second.id


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Lịch trực Tết của trạm bơm"
    message["From"] = "Lê Na <lena@phuong.example>"
    message["Date"] = "Mon, 02 Feb 2026 08:15:00 +0700"
    message.set_content("Trạm bơm trực cả ba ngày Tết.\n\nAi cần thì gọi số máy lẻ 12.\n")
    return message


def test_a_letter_by_mail_is_an_article_and_so_is_what_goes_with_it(tmp_path: Path) -> None:
    message = letter()
    content = (DOCUMENTS / "letter.docx").read_bytes()
    message.add_attachment(content, maintype="application", subtype="msword", filename="thông báo.docx")
    mail, attached = items(tmp_path / "thư.eml", message.as_bytes())
    assert isinstance(mail, Article)
    assert isinstance(attached, Article)
    assert (mail.title, mail.author) == ("Lịch trực Tết của trạm bơm", "Lê Na")
    assert mail.body == "Trạm bơm trực cả ba ngày Tết.\nAi cần thì gọi số máy lẻ 12."
    assert mail.published is not None
    assert mail.published.isoformat() == "2026-02-02T08:15:00+07:00"
    assert LETTER[0] in whole(attached)


def test_a_web_page_saved_as_one_file_is_read_with_its_address(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://ben.example/tin/9"
    page = "<html><head><title>Đắp đê</title></head><body><h1>Đắp đê</h1>"
    page += "<p>Dân quân đắp đê suốt đêm để giữ ruộng lúa sắp gặt.</p></body></html>"
    message.set_content(page, subtype="html", charset="utf-8")
    message.make_related()
    read = article(tmp_path / "trang.mhtml", message.as_bytes())
    assert read.url == "https://ben.example/tin/9"
    assert "Dân quân đắp đê suốt đêm để giữ ruộng lúa sắp gặt." in read.body


def test_an_archive_gives_what_is_in_it_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    content = zipped(
        {
            "tin/a.txt": "Phà đêm\nPhà chạy thêm hai chuyến.",
            "b.docx": (DOCUMENTS / "letter.docx").read_bytes(),
            "__MACOSX/tin/._a.txt": b"\0",
            ".DS_Store": b"\0",
            "c.mp3": b"ID3",
            "../d.txt": "ra ngoài",
            "e.zip": zipped({"a.txt": "x"}),
        }
    )
    read = items(tmp_path / "bài.zip", content)
    ids = [item.id for item in read if isinstance(item, Article)]
    assert [id_.removeprefix(f"{tmp_path.name}/") for id_ in ids] == ["bài.zip/tin/a.txt", "bài.zip/b.docx"]
    assert [str(item.reason) for item in read if isinstance(item, ReadError)] == [
        "sound and film are not read; send the text",
        "a file in this archive leads out of it; pack the folder anew",
        "an archive in an archive is not read; unpack it first",
    ]
    assert not (tmp_path.parent / "d.txt").exists()


def test_a_file_without_a_name_in_an_archive_is_left_out(tmp_path: Path) -> None:
    content = zipped({"Zx": "Đoạn.", "bài.txt": "Thư viện phường mở cửa từ tám giờ sáng."})
    [read] = items(tmp_path / "a.zip", content.replace(b"Zx", b"\0x"))
    assert isinstance(read, Article)


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    bomb = zipped({f"{number}.txt": b"0" * 30_000_000 for number in range(3)})
    assert reason(tmp_path / "bom.zip", bomb) == "an archive that unpacks to far too much"


def test_xml_that_defines_entities_is_refused(tmp_path: Path) -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    for name, member in (
        ("a.docx", "word/document.xml"),
        ("a.odt", "content.xml"),
        ("a.epub", "META-INF/container.xml"),
    ):
        content = zipped({member: hostile, "mimetype": "x"})
        assert reason(tmp_path / name, content) == "XML that defines entities is not read"


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "pdf", "xls", "xlsx", "epub"])
def test_a_document_that_was_cut_short_is_refused_with_what_to_do(tmp_path: Path, suffix: str) -> None:
    name = {"xls": "rows", "xlsx": "rows"}.get(suffix, "letter")
    content = epub([CHAPTER]) if suffix == "epub" else (DOCUMENTS / f"{name}.{suffix}").read_bytes()
    for item in items(tmp_path / f"cụt.{suffix}", content[: len(content) // 2]):
        assert isinstance(item, ReadError)
        assert str(item.reason).startswith("damaged")


def test_a_document_with_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert reason(tmp_path / "kín.docx", content) == "locked with a password; save it without one"
