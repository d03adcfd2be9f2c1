"""PDF: columns, running heads, pages; and scans, where Tesseract is installed."""

from pathlib import Path

import pytest
from reading import article, reason

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.documents import scan
from retrieval.readers.paper.line import Line, in_order
from retrieval.readers.paper.paragraphs import paragraphs

DOCUMENTS = Path(__file__).parents[1] / "documents"
needs_tesseract = pytest.mark.skipif(
    scan.language() != "vie", reason="tesseract-ocr and tesseract-ocr-vie are not installed"
)


def line(text: str, *, left: float = 0, top: float = 700, width: float = 200) -> Line:
    return Line(text=text, left=left, right=left + width, bottom=top - 12, top=top)


def column(texts: list[str], *, left: float = 0, top: float = 700) -> list[Line]:
    return [line(text, left=left, top=top - 14 * number) for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def bulletin() -> Article:
    return article(DOCUMENTS / "bulletin.pdf")


def test_columns_are_read_one_after_the_other(bulletin: Article) -> None:
    numbers = [bulletin.body.index(f"Đoạn số {number} hết ở đây.") for number in range(1, 25)]
    assert numbers == sorted(numbers)
    assert bulletin.title == "Chợ nổi Bến Gỗ vào mùa nước lên"


def test_a_paragraph_goes_on_over_lines_columns_and_pages(bulletin: Article) -> None:
    assert len(bulletin.body.split("\n")) == 24
    assert all(paragraph.endswith("hết ở đây.") for paragraph in bulletin.body.split("\n"))


def test_running_heads_and_page_numbers_are_left_out(bulletin: Article) -> None:
    assert "Bản tin phường" not in bulletin.body
    assert "Trang" not in bulletin.body


def test_each_page_begins_where_its_text_does(bulletin: Article) -> None:
    assert len(bulletin.pages) == 2
    assert (bulletin.page_at(0), bulletin.page_at(len(bulletin.body) - 1)) == (1, 2)
    assert bulletin.page_at(bulletin.body.index("Đoạn số 24")) == 2


def test_an_article_without_pages_has_no_page_numbers(tmp_path: Path) -> None:
    assert article(tmp_path / "a.txt", "Một câu.").page_at(0) is None


def test_pages_and_scans_are_part_of_what_changed_only_if_there_are_any() -> None:
    plain = Article(id="a", title="", body="một hai", origin="a")
    paged = Article(id="a", title="", body="một hai", origin="a", pages=(0, 4))
    assert len({plain.content_hash, paged.content_hash}) == 2


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    block = column(["The ferry com\u0002", "pany runs at night, in Covid-", "19 times as well."])
    assert paragraphs([[block]], "|") == ["The ferry company runs at night, in Covid-19 times as well."]


def test_columns_with_lines_at_different_heights_are_told_apart() -> None:
    left = column([f"dòng trái thứ {number} của bài" for number in range(6)])
    right = column([f"dòng phải thứ {number} của bài" for number in range(6)], left=230, top=694)
    mixed = sorted([*left, *right], key=lambda part: -part.top)
    assert [part.text for block in in_order(mixed) for part in block] == [
        part.text for part in (*left, *right)
    ]


def test_a_table_is_read_by_rows() -> None:
    cells = [
        line(f"{row}{cell}", left=100 * cell, top=700 - 14 * row, width=40)
        for row in range(6)
        for cell in range(3)
    ]
    (block,) = in_order(cells)
    assert [row.text for row in block] == [f"{row}0 – {row}1 – {row}2" for row in range(6)]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", b"%PDF-1.4\nrubbish") == "damaged PDF file; save it anew"


@needs_tesseract
@pytest.mark.parametrize("name", ["scan.png", "scan.pdf"])
def test_a_scan_is_read_and_known_as_one(name: str) -> None:
    read = article(DOCUMENTS / name)
    assert read.is_scan
    assert "không phải trả tiền; người già được mang đến tận nhà." in read.body


@pytest.mark.parametrize("name", ["scan.png", "scan.pdf"])
def test_without_tesseract_the_packages_to_install_are_named(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "language", lambda: "")
    assert reason(DOCUMENTS / name) == (
        "a picture of text, which needs Tesseract; install the packages tesseract-ocr and tesseract-ocr-vie"
    )


@needs_tesseract
def test_a_picture_without_text_is_refused(tmp_path: Path) -> None:
    grey = b"P5 200 200 255\n" + bytes(range(200)) * 200
    with pytest.raises(ReadError, match="no text could be made out"):
        scan.recognised(grey, "ảnh")
