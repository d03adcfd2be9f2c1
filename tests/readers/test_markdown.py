from datetime import UTC, datetime
from pathlib import Path

import pytest
from reading import HANOI, article, reason

FULL = """\
---
id: hoi-cho-2024
title: "Hội chợ xuân: 12:30 khai mạc"
date: 2024-02-03 08:15:00
author: Minh Châu
category: Kinh tế
link: https://haiyen.example.vn/hoi-cho
lang: en
---
Mời bà con đến dự.
"""


def test_front_matter_becomes_the_fields(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.md", FULL)
    assert read.id == "hoi-cho-2024"
    assert read.title == "Hội chợ xuân: 12:30 khai mạc"
    assert read.published == datetime(2024, 2, 3, 8, 15, tzinfo=HANOI)
    assert read.author == "Minh Châu"
    assert read.section == "Kinh tế"
    assert read.url == "https://haiyen.example.vn/hoi-cho"
    assert read.language == "en"
    assert read.body == "Mời bà con đến dự."


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: 12:30", "title", "12:30"),
        ("title: 2024", "title", "2024"),
        ("id: 007", "id", "007"),
        ("lang: no", "language", "no"),
        ("language: pt_BR", "language", "pt-BR"),
        ("language: tiếng Việt", "language", "vi"),
        ("published: 2024-02-03T01:15:00Z", "published", datetime(2024, 2, 3, 1, 15, tzinfo=UTC)),
        ("date: 03/02/2024", "published", datetime(2024, 2, 3, tzinfo=HANOI)),
        ("date: 2024-02-31", "published", None),
        ("Author: [Lan Anh, Đức Minh]", "author", "Lan Anh, Đức Minh"),
        ("author: ~", "author", None),
        ("author: {khác: Lan}", "author", None),
        ("section: Đời sống", "section", "Đời sống"),
        ("source: Báo Hải Yến", "url", None),
        ("source: https://haiyen.example.vn/a", "url", "https://haiyen.example.vn/a"),
        ("url: javascript:alert(1)", "url", None),
        ("url: 'http://[::1'", "url", None),
    ],
)
def test_a_value_is_taken_as_it_is_written_or_left_out(
    tmp_path: Path, line: str, field: str, value: object
) -> None:
    assert getattr(article(tmp_path / "bài.md", f"---\n{line}\n---\nMời bà con."), field) == value


def test_the_url_is_the_id_where_the_front_matter_gives_none(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.md", "---\nurl: https://haiyen.example.vn/a\n---\nMời bà con.")
    assert read.id == read.url == "https://haiyen.example.vn/a"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            'title: "Hội chợ" của phường',
            "line 3: expected <block end>, but found '<scalar>'; put the value in quotes",
        ),
        (
            "title:\tHội chợ",
            "line 3: found character '\\t' that cannot start any token; use spaces instead of tabs",
        ),
    ],
)
def test_broken_front_matter_is_an_error_that_names_the_line_and_the_remedy(
    tmp_path: Path, lines: str, said: str
) -> None:
    text = f"---\nauthor: Lan Anh\n{lines}\n---\nMời bà con."
    assert reason(tmp_path / "a.md", text) == f"front matter, {said}"
    assert reason(tmp_path / "b.md", f"\n{text}") == f"front matter, {said}".replace("line 3", "line 4")


def test_front_matter_may_follow_a_blank_line(tmp_path: Path) -> None:
    read = article(tmp_path / "bài.md", f"\n  \n{FULL}")
    assert (read.id, read.body) == ("hoi-cho-2024", "Mời bà con đến dự.")


def test_front_matter_without_an_end_is_an_error(tmp_path: Path) -> None:
    text = "---\ntitle: Hội chợ\nDate: 2024-02-03\n\nMời bà con."
    assert reason(tmp_path / "bài.md", text) == "front matter: the closing --- is missing"


@pytest.mark.parametrize("value", ["[" * 5000, "? [a]\n: b", "\x01" * 3, "%", "*nowhere", "&a [*a]"])
def test_front_matter_that_yaml_refuses_is_an_error(tmp_path: Path, value: str) -> None:
    text = f"---\nauthor: {value}\n---\n{'Mời bà con. ' * 30}"
    assert reason(tmp_path / "bài.md", text).startswith("front matter")


@pytest.mark.parametrize("value", ["!!python/object/apply:os.abort []", "{khác: Lan}", "[[a], [b]]"])
def test_hostile_front_matter_is_harmless(tmp_path: Path, value: str) -> None:
    read = article(tmp_path / "bài.md", f"---\nauthor: {value}\n---\nMời bà con.")
    assert (read.author, read.body) == (None, "Mời bà con.")


@pytest.mark.parametrize("text", ["---\n\nĐoạn 1: một.\n\n---\n\nHai.", "Đoạn 1: một.\n\n---\n\nHai.\n\n---"])
def test_a_rule_is_no_front_matter(tmp_path: Path, text: str) -> None:
    assert article(tmp_path / "bài.md", text).body == "Đoạn 1: một.\nHai."


def test_a_rule_without_a_second_one_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\n\nMột đoạn.\n\nSource: Báo Hải Yến"
    assert article(tmp_path / "bài.md", text).body == "Một đoạn.\nSource: Báo Hải Yến"


def test_nothing_of_the_markup_is_left(tmp_path: Path) -> None:
    text = """\
# Hội chợ *xuân* &amp; hoa

Mời **bà con** đến [công viên](https://haiyen.example.vn "bản đồ"), ~~tối~~ sáng
mai, xem ![cổng chào](cong.jpg) và `mã 12`.\\
Xuống dòng.

## Giá thuê

1. Gian nhỏ
   - loại *một*
   - loại hai
2. Gian lớn

> Lời hẹn cũ.

| Ngày | Việc |
| ---- | :--: |
| 4/2  | Thi **gói bánh** |

```python
dòng một
dòng hai
```

    khối lùi

<div align="center">Giữa <b>trang</b></div>
<script>alert(1)</script>
<!-- ghi chú -->

Gọi <https://haiyen.example.vn> nhé.

***
Dòng kẻ
---
[tham chiếu]: https://haiyen.example.vn
"""
    read = article(tmp_path / "bài.md", text)
    assert read.title == "Hội chợ xuân & hoa"
    assert read.body.split("\n") == [
        "Mời bà con đến công viên, tối sáng mai, xem cổng chào và mã 12.",
        "Xuống dòng.",
        "Giá thuê",
        "Gian nhỏ",
        "loại một",
        "loại hai",
        "Gian lớn",
        "Lời hẹn cũ.",
        "Ngày – Việc",
        "4/2 – Thi gói bánh",
        "dòng một",
        "dòng hai",
        "khối lùi",
        "Giữa trang",
        "Gọi https://haiyen.example.vn nhé.",
        "Dòng kẻ",
    ]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Hội chợ\n\nMời bà con.", "Hội chợ", "Mời bà con."),
        ("Mời bà con.\n\n## Giá", "Giá", "Mời bà con.\nGiá"),
        ("---\ntitle: Hội chợ\n---\n# HỘI CHỢ\n\nMời bà con.", "Hội chợ", "Mời bà con."),
        ("---\ntitle: Hội chợ\n---\n# Lời mời\n\nMời bà con.", "Hội chợ", "Lời mời\nMời bà con."),
        ("Mời bà con đến dự. Vào cửa tự do.", "Mời bà con đến dự", "Mời bà con đến dự. Vào cửa tự do."),
        ("# Hội chợ", "Hội chợ", "Hội chợ"),
    ],
)
def test_the_title_is_said_once(tmp_path: Path, text: str, title: str, body: str) -> None:
    read = article(tmp_path / "bài.md", text)
    assert (read.title, read.body) == (title, body)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(tmp_path: Path, end: str) -> None:
    assert article(tmp_path / "bài.md", FULL.replace("\n", end)).id == "hoi-cho-2024"


def test_front_matter_without_a_text_is_reported(tmp_path: Path) -> None:
    assert reason(tmp_path / "bài.md", "---\ntitle: Hội chợ\n---\n<!-- sau -->") == "no text"


def test_a_colon_in_a_title_needs_no_quotes(tmp_path: Path) -> None:
    text = "---\ntitle: Thông báo: hội chợ\ndate: 05/09/2026\n---\n\nMời bà con."
    read = article(tmp_path / "a.md", text)
    assert (read.title, read.published) == ("Thông báo: hội chợ", datetime(2026, 9, 5, tzinfo=HANOI))


@pytest.mark.parametrize(
    ("begin", "lines", "end"),
    [
        ("---", "tiêu đề: Hội chợ\nngày đăng: 05/09/2026\nTác giả: Lan Anh", "---"),
        ("+++", 'title = "Hội chợ"\ndate = 2026-09-05\nauthor = "Lan Anh"', "+++"),
        ("+++", 'title = "Hội chợ"\ndate = 2026-09-05T00:00:00+07:00\nauthor = ["Lan Anh"]', "+++"),
    ],
)
def test_front_matter_may_be_toml_or_have_vietnamese_names(
    tmp_path: Path, begin: str, lines: str, end: str
) -> None:
    read = article(tmp_path / "a.md", f"{begin}\n{lines}\n{end}\n\nMời bà con.")
    assert (read.title, read.author, read.body) == ("Hội chợ", "Lan Anh", "Mời bà con.")
    assert read.published == datetime(2026, 9, 5, tzinfo=HANOI)


def test_broken_toml_is_an_error_that_names_the_place(tmp_path: Path) -> None:
    said = reason(tmp_path / "a.md", "+++\ntitle = Hội chợ\n+++\n\nMời bà con.")
    assert said.startswith("front matter: ")
    assert said.endswith("put the value in quotes")


def test_an_official_letter_in_markdown_has_the_subject_for_a_title(tmp_path: Path) -> None:
    letter = """**ỦY BAN NHÂN DÂN XÃ ĐỒNG THÁP MỚI**

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 33/TTr-UBND

*Đồng Tháp Mới, ngày 15 tháng 2 năm 2026*

# TỜ TRÌNH

**V/v xin kinh phí sửa cầu Ông Bầu**

Kính gửi: UBND huyện.

Xin hỗ trợ 350 triệu đồng.
"""
    read = article(tmp_path / "to-trinh.md", letter)
    assert read.title == "Tờ trình về việc xin kinh phí sửa cầu Ông Bầu"
    assert read.published == datetime(2026, 2, 15, tzinfo=HANOI)
    assert read.body == "Số: 33/TTr-UBND\nKính gửi: UBND huyện.\nXin hỗ trợ 350 triệu đồng."
