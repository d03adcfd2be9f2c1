import gzip
import json
import lzma
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from reading import HANOI, article, items, reason

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import MAX_BYTES, jsonl, read_file
from retrieval.readers.files import SourceFile
from retrieval.readers.jsonl import GIVE_UP_AFTER, MAX_BLANK_ROWS

ROW = {
    "id": "a-1",
    "title": "Hội chợ xuân",
    "url": "https://haiyen.example.vn/a-1",
    "date": "2024-02-03T08:15:00",
    "text": "Đoạn một.\n\nĐoạn hai.",
    "author": "Lan Anh",
    "section": "Kinh tế",
    "language": "en",
}


def rows(*values: object) -> str:
    return "".join(f"{json.dumps(value, ensure_ascii=False)}\n" for value in values)


def outcomes(found: list[Article | ReadError]) -> list[str]:
    """Return the id of each article, and the row and reason of each error."""
    return [
        item.id if isinstance(item, Article) else f"#{item.origin.rpartition('#')[2]} {item.reason}"
        for item in found
    ]


def test_a_row_gives_an_article_with_all_its_fields(tmp_path: Path) -> None:
    read = article(tmp_path / "bao.jsonl", rows(ROW))
    assert (read.id, read.title, read.url) == (ROW["id"], ROW["title"], ROW["url"])
    assert (read.author, read.section, read.language) == (ROW["author"], ROW["section"], ROW["language"])
    assert read.published == datetime(2024, 2, 3, 8, 15, tzinfo=HANOI)
    assert read.body == "Đoạn một.\nĐoạn hai."
    assert read.origin == f"{tmp_path / 'bao.jsonl'}#1"


def test_only_a_text_is_needed(tmp_path: Path) -> None:
    read = article(tmp_path / "bao.jsonl", rows({"text": "Một câu.", "title": "", "url": None, "date": None}))
    assert (read.id, read.title, read.url) == (f"{tmp_path.name}/bao.jsonl#1", "", None)
    assert (read.published, read.language) == (None, "vi")


def test_a_number_is_an_id(tmp_path: Path) -> None:
    assert article(tmp_path / "bao.jsonl", rows({"id": 42, "text": "Một câu."})).id == "42"


def test_names_with_a_word_more_are_understood(tmp_path: Path) -> None:
    row = {
        "maBaiViet": 7,
        "tieuDeTin": "Mở lớp đan lục bình",
        "tomTatNoiDung": "Mở lớp.",
        "noiDungChiTiet": "&lt;p&gt;Lớp học ba tháng.&lt;/p&gt;&lt;p&gt;Không thu tiền.&lt;/p&gt;",
        "ngayDangTin": "12/03/2026 08:00",
        "nguoiVietBai": {"hoTen": "Sáu Mận"},
        "tenChuyenMuc": "Đào tạo",
        "anhDaiDienUrl": "https://haiyen.example.vn/a.jpg",
        "duongDanUrl": "https://haiyen.example.vn/7",
    }
    read = article(tmp_path / "bao.jsonl", rows(row))
    assert (read.id, read.title, read.url) == ("7", "Mở lớp đan lục bình", "https://haiyen.example.vn/7")
    assert (read.author, read.section) == ("Sáu Mận", "Đào tạo")
    assert read.published == datetime(2026, 3, 12, 8, tzinfo=HANOI)
    assert read.body == "Lớp học ba tháng.\nKhông thu tiền."


def test_names_in_words_are_understood(tmp_path: Path) -> None:
    lead = "Xóm Chài mở lớp đan lục bình cho người trên năm mươi tuổi."
    row = {"Tiêu đề tin": "Mở lớp", "Mô tả ngắn": lead, "Nội dung tin": "Học ba tháng."}
    read = article(tmp_path / "bao.jsonl", rows({**row, "Thời gian đăng": "18:30 12/3/2026"}))
    assert (read.body, read.published) == (
        f"{lead}\nHọc ba tháng.",
        datetime(2026, 3, 12, 18, 30, tzinfo=HANOI),
    )


def test_a_post_of_wordpress_is_read_as_its_interface_gives_it(tmp_path: Path) -> None:
    row = {
        "id": 91,
        "link": "https://haiyen.example.vn/?p=91",
        "title": {"rendered": "Đổi sách lấy cây &#8211; <em>kỳ hai</em>"},
        "content": {"rendered": "<p>Kỳ hai mở ngày 20/3.</p>"},
    }
    read = article(tmp_path / "bao.jsonl", rows(row))
    assert (read.title, read.body) == ("Đổi sách lấy cây – kỳ hai", "Kỳ hai mở ngày 20/3.")


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".jsonl", bytes), (".ndjson", bytes), (".jsonl.gz", gzip.compress), (".jsonl.xz", lzma.compress)],
)
def test_packed_and_plain_files_give_the_same(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    content = pack(rows(ROW, ROW | {"id": "a-2"}).encode())
    assert outcomes(items(tmp_path / f"bao{suffix}", content)) == ["a-1", "a-2"]


def test_a_bad_row_is_named_by_its_number_and_the_others_go_in(tmp_path: Path) -> None:
    bad = ['{"id": "b", "text": ', "[1]", "{}", '{"text": 5}', '{"text": " "}', "[" * 9000, "1" * 5000]
    content = "\n".join([rows(ROW).strip(), "", *bad, rows(ROW | {"id": "z"})])
    found = outcomes(items(tmp_path / "bao.jsonl", content))
    no_text = 'no text: "text" is missing or no string'
    assert found[0] == "a-1"
    assert found[1].startswith("#3 not JSON: ")
    assert found[2] == '#4 not an article: a row is {"id": …, "title": …, "text": …}'
    assert found[3:6] == [f"#5 {no_text}", f"#6 {no_text}", "#7 no text"]
    assert found[6].startswith("#8 not JSON: ")
    assert found[7].startswith("#9 not JSON: ")
    assert found[8] == "z"


def test_a_row_in_another_encoding_is_named(tmp_path: Path) -> None:
    content = rows(ROW).encode() + '{"text": "été"}\n'.encode("cp1252")
    assert outcomes(items(tmp_path / "bao.jsonl", content)) == ["a-1", "#2 not UTF-8"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + rows(ROW, ROW | {"id": "a-2"}).replace("\n", "\r\n").encode()
    assert outcomes(items(tmp_path / "bao.jsonl", content)) == ["a-1", "a-2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_utf_16_is_read(tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    text = "Mẹ nấu cơm,\u2028con học toán: Ċ\u0a0a."  # with the byte of a line end inside letters
    content = rows(ROW | {"text": text}, {}, ROW | {"id": "a-2"}).replace("\n", "\r\n").encode(encoding)
    found = items(tmp_path / f"bao.jsonl{'' if pack is bytes else '.gz'}", pack(content))
    assert next(item.body for item in found if isinstance(item, Article)) == text.replace("\u2028", "\n")
    assert outcomes(found)[0::2] == ["a-1", "a-2"]


def test_utf_16_that_breaks_off_is_reported_in_one_line(tmp_path: Path) -> None:
    content = rows(ROW, ROW).encode("utf-16")[:-3]
    found = items(tmp_path / "bao.jsonl", content)
    assert str(found[-1]).endswith("not decodable: broken UTF-16; save the file as UTF-8")


def test_numbers_that_are_none_are_no_text(tmp_path: Path) -> None:
    read = article(
        tmp_path / "bao.jsonl", '{"id": NaN, "title": Infinity, "author": -1e999, "text": "Một câu."}'
    )
    assert (read.id, read.title, read.author) == (f"{tmp_path.name}/bao.jsonl#1", "", None)


def test_a_file_of_nothing_but_line_ends_is_given_up(tmp_path: Path) -> None:
    content = gzip.compress(rows(ROW).encode() + b"\n" * (MAX_BLANK_ROWS + 1) + rows(ROW).encode())
    found = items(tmp_path / "bao.jsonl.gz", content)
    assert isinstance(found[0], Article)
    assert str(found[1]).endswith(f"given up: over {MAX_BLANK_ROWS} blank rows")
    assert len(found) == 2


def test_a_row_over_the_limit_is_named_and_the_next_one_read(tmp_path: Path) -> None:
    long = ROW | {"id": "long", "text": "a" * MAX_BYTES}
    found = items(tmp_path / "bao.jsonl.gz", gzip.compress(rows(long, ROW, long).encode()))
    assert outcomes(found) == ["#1 larger than 5 MB", "a-1", "#3 larger than 5 MB"]


def test_lone_surrogates_and_control_characters_do_not_get_through(tmp_path: Path) -> None:
    read = article(
        tmp_path / "bao.jsonl", '{"id": "a\\ud800\\u0000", "title": "\\udfff", "text": "b\\ud83d"}'
    )
    assert (read.id, read.title, read.body) == ("a", "", "b")


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_packed_file_that_breaks_off_gives_its_rows_up_to_there(tmp_path: Path, suffix: str) -> None:
    noise = [ROW | {"id": f"{number}", "text": f"Câu {number**9}."} for number in range(5000)]
    content = rows(*noise).encode()
    packed = gzip.compress(content) if suffix == ".gz" else lzma.compress(content)
    found = items(tmp_path / f"bao.jsonl{suffix}", packed[: len(packed) // 2])
    assert isinstance(found[0], Article)
    last = found[-1]
    assert isinstance(last, ReadError)
    assert str(last.reason).startswith(f"damaged {suffix} file: ")


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_file_that_is_not_packed_as_its_name_says_is_damaged(tmp_path: Path, suffix: str) -> None:
    assert reason(tmp_path / f"bao.jsonl{suffix}", rows(ROW)).startswith(f"damaged {suffix} file: ")


def test_some_other_kind_of_file_is_given_up(tmp_path: Path) -> None:
    found = items(tmp_path / "bao.jsonl", "cột một;cột hai\n" * 1000)
    assert len(found) == GIVE_UP_AFTER + 1
    assert str(found[-1]).endswith(f"given up: none of the first {GIVE_UP_AFTER} rows is an article")


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_long_file_gives_the_same_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(jsonl, "PART_BYTES", 300)
    kinds = [*(rows({**ROW, "id": f"a-{number}"}).strip() for number in range(4)), "", "[1]", "{", "x" * 700]
    path = tmp_path / "bao.jsonl"
    path.write_text("\n".join([*kinds, *kinds[::-1], *kinds[:3]]) + end, encoding="utf-8")
    file = SourceFile(path=path, source=tmp_path, language="vi", timezone=HANOI)
    parts = list(jsonl.rows_apart(file))
    assert len(parts) > 5
    in_parts = [item for part in parts for item in read_file(part)]
    assert outcomes(in_parts) == outcomes(list(read_file(file)))


def test_a_long_file_of_another_kind_is_given_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "PART_BYTES", 300)
    path = tmp_path / "bao.jsonl"
    path.write_text("kein JSON\n" * 500, encoding="utf-8")
    file = SourceFile(path=path, source=tmp_path, language="vi", timezone=HANOI)
    assert list(jsonl.rows_apart(file)) == [file]


def test_an_empty_file_is_reported(tmp_path: Path) -> None:
    assert reason(tmp_path / "bao.jsonl", "\n \n") == "empty"


def test_a_name_wrapped_very_often_costs_no_article(tmp_path: Path) -> None:
    wrapped = '{"node": ' * 900 + '"Lan Anh"' + "}" * 900
    (read,) = items(tmp_path / "tin.jsonl", f'{{"title": "Mở chợ", "text": "Chợ mở.", "author": {wrapped}}}')
    assert isinstance(read, Article)
    assert read.author is None
