"""Why a file could not be read, in the reader's language: nothing a reader says stays untranslated."""

import ast
import re
from pathlib import Path

import pytest
from samples import HANOI

import retrieval.readers
from bot.language import Languages
from bot.render import reasons

TEXTS = Languages("vi", HANOI).of("vi")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "not decodable: byte 12 is not UTF-8; save the file as UTF-8",
            "không nhận ra bảng mã: byte thứ 12 không phải UTF-8; hãy lưu lại tệp ở dạng UTF-8",
        ),
        (
            "front matter, line 2: mapping values are not allowed here; put the value in quotes",
            "phần đầu giữa hai dòng ---, dòng 2: mapping values are not allowed here; "
            "hãy đặt giá trị trong dấu nháy kép",
        ),
        ("the id “a: b; {c}” belongs to /báo/x.md", "mã “a: b; {c}” là của /báo/x.md"),
        (
            'not an article: a row is {"id": …, "title": …, "text": …}',
            'không phải bài viết: mỗi dòng có dạng {"id": …, "title": …, "text": …}',
        ),
        ("cannot be opened: Permission denied", "không mở được: Permission denied"),
        ("line 3: a wording is missing", "dòng 3: thiếu một cách gọi"),
        ("something new: empty", "something new: tệp trống"),
    ],
)
def test_a_reason_is_said_in_the_readers_language(given: str, said: str) -> None:
    assert reasons.reason(TEXTS, given) == said
    assert reasons.reason(Languages("en", HANOI).of("en"), given) == given


def reading() -> list[Path]:
    """The modules that give reasons for files."""
    readers = Path(retrieval.readers.__file__ or "").parent
    return [
        *readers.rglob("*.py"),
        readers.parent / "collection" / "comparison.py",
        readers.parent / "query" / "synonyms.py",
    ]


def test_every_reason_that_is_translated_is_one_a_reader_gives() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in reading())
    msgids = reasons.SENTENCES + reasons.PARTS
    words = [word.strip() for msgid in msgids for word in re.split(r"\{\w+\}", msgid)]
    assert [word for word in words if word not in source] == []


def test_every_reason_that_a_reader_gives_is_translated() -> None:
    """Of those that are written where they are raised; for a value that stands in one there is a 7."""
    given = []
    for path in reading():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReadError":
                pieces = getattr(node.args[1], "values", [node.args[1]])
                given.append(
                    "".join(str(piece.value) if isinstance(piece, ast.Constant) else "7" for piece in pieces)
                )
    written = [text for text in given if text != "7"]
    assert len(written) > 15
    assert {text: untranslated(text) for text in written if untranslated(text)} == {}


def untranslated(given: str) -> set[str]:
    """The parts of a reason that stay as they are, without values."""
    said = re.split("[:;] ", reasons.reason(TEXTS, given))
    return {part for part in re.split("[:;] ", given) if re.search("[a-z]", part) and "…" not in part} & {
        *said
    }
