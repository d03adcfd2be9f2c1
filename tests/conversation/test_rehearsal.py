"""Rehearsals: dialogues are played as a private chat would go, and every turn is judged."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.main import hoibao
from bot.conversation.dialogues import read_rows
from bot.errors import DialogueError

ARTICLES = {
    "cho": "# Chợ Bến Lụa\n\nChợ Bến Lụa mở cửa trở lại ngày 24/10/2026. Giá thuê sạp là 85.000 đồng.\n",
    "thu-vien": "# Thư viện phường\n\nThư viện mở cửa từ 8 giờ đến 20 giờ mỗi ngày. Thẻ đọc sách miễn phí.\n",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "bai" / "phuong"
    folder.mkdir(parents=True)
    for stem, text in ARTICLES.items():
        (folder / f"{stem}.md").write_text(text, encoding="utf-8")
    return tmp_path / "bai"


def row(*turns: tuple[str, dict[str, Any]], **fields: Any) -> dict[str, Any]:
    said = [{"say": say, "want": want} for say, want in turns]
    common = {"id": "r1", "kind": "k", "collection": "phuong", "now": "2026-11-25T09:00:00+07:00"}
    return common | {"turns": said} | fields


def play(articles: Path, *rows: dict[str, Any], failures: Path | None = None) -> dict[str, Any]:
    dialogues = articles.parent / "dialogues.jsonl"
    dialogues.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), encoding="utf-8")
    more = ["--failures", str(failures)] if failures else []
    done = CliRunner().invoke(hoibao, ["rehearse", str(articles), str(dialogues), "--json", *more])
    assert done.exit_code == 0, done.output
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_a_conversation_is_right_if_every_turn_of_it_is(articles: Path) -> None:
    right = row(
        ("chợ Bến Lụa mở cửa ngày nào", {"answer": ["cho"], "holds": ["24/10/2026"]}),
        ("cảm ơn nhé", {"talk": True}),
    )
    half = row(
        ("thư viện mở cửa mấy giờ", {"answer": ["thu-vien"]}),
        ("chợ Bến Lụa mở cửa ngày nào", {"answer": ["thu-vien"]}),
        kind="other",
    )
    figures = play(articles, right, half)
    assert (figures["turns"], figures["right"], figures["rows"], figures["rows_right"]) == (4, 3, 2, 1)
    assert figures["by_kind"]["k"] == {"turns": 2, "right": 2, "rows": 1, "rows_right": 1, "failures": {}}
    assert figures["by_kind"]["other"]["failures"] == {"wrong article": 1}


def test_each_way_to_fail_has_its_name(articles: Path) -> None:
    figures = play(
        articles,
        row(("thư viện mở cửa mấy giờ", {"answer": ["thu-vien"], "holds": ["9 giờ"]})),
        row(("ai vô địch World Cup 2022", {"answer": ["cho"]})),
        row(("thư viện mở cửa mấy giờ", {"none": True})),
        row(("thư viện mở cửa mấy giờ", {"talk": True})),
        row(("cảm ơn nhé", {"answer": ["cho"]})),
        row(("thư viện mở cửa mấy giờ", {"any": True})),
    )
    assert (figures["turns"], figures["right"], figures["rows"]) == (5, 0, 6)
    assert figures["by_kind"]["k"]["failures"] == {
        "value not shown": 1,
        "refused": 1,
        "answered what is not there": 1,
        "not taken for talk": 1,
        "taken for talk": 1,
    }


def test_turns_that_failed_are_written_with_what_was_shown(articles: Path, tmp_path: Path) -> None:
    file = tmp_path / "failures.jsonl"
    play(articles, row(("thư viện mở cửa mấy giờ", {"answer": ["cho"]})), failures=file)
    (written,) = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert (written["id"], written["turn"], written["failure"]) == ("r1", 1, "wrong article")
    assert written["articles"][0] == "thu-vien"
    assert "8 giờ" in written["excerpt"]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        json.dumps(row(("a", {"answer": ["x"]}), now="2026-11-25T09:00:00")),
        json.dumps(row(("a", {"answer": ["x"]}), collection="../..")),
        json.dumps(row(("a", {"wish": True}))),
    ],
)
def test_a_row_that_cannot_be_played_is_named(line: str, tmp_path: Path) -> None:
    file = tmp_path / "dialogues.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DialogueError, match="line 2"):
        read_rows(file)
