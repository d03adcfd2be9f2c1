"""The command line: what each command prints, and its exit status."""

import errno
import io
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
import websites
from websites import AT_ONCE

from bot import application, startup
from bot.cli.main import main
from bot.errors import TokenError
from bot.settings import Settings
from bot.startup import open_collection
from retrieval.collection.collection import Collection
from retrieval.collection.lock import reload_lock
from retrieval.journal.journal import NotedAnswer, Rating

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAEhBOweik-9_xyz"
LIBRARY = """\
---
title: Thư viện phường mở cửa buổi tối
url: https://phuong.example.vn/tin/thu-vien
date: 2026-03-02
---

Thư viện phường nằm ở tầng hai nhà văn hóa. Thư viện mở cửa từ 8 giờ đến 20 giờ các ngày trong tuần.
Mỗi bạn đọc được mượn tối đa bốn quyển sách trong hai tuần.
"""
MARKET = """\
---
title: Chợ phường dời về bến xe cũ
---

Chợ phường dời về khu đất bến xe cũ từ ngày 1 tháng 4. Bà con tiểu thương bốc thăm chọn sạp vào sáng thứ Hai.
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


Hoibao = Callable[..., Result]


@pytest.fixture
def hoibao(
    nowhere: Path,
    logging_as_before: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Hoibao:
    """The command, in a folder with two articles, for somebody who types nothing."""
    monkeypatch.setenv("ARTICLES_DIR", "articles")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (nowhere / "articles").mkdir()
    (nowhere / "articles" / "library.md").write_text(LIBRARY, encoding="utf-8")
    (nowhere / "articles" / "market.md").write_text(MARKET, encoding="utf-8")

    def run(*args: str) -> Result:
        status = main(args)
        return Result(status, *capsys.readouterr())

    return run


def test_first_question_reads_the_articles_and_says_so_on_stderr(hoibao: Hoibao) -> None:
    first = hoibao("ask", "Thư viện phường mở cửa mấy giờ?")
    assert first.status == 0
    assert "Thư viện mở cửa từ 8 giờ đến 20 giờ" in first.out
    assert "2" in first.err
    second = hoibao("ask", "Thư viện phường mở cửa mấy giờ?")
    assert second == Result(0, first.out, "")


def test_who_starts_while_another_replica_reads_the_articles_waits_for_it(
    hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ExitStack()
    other.enter_context(reload_lock(Settings.load().index_dir))
    monkeypatch.setattr(startup, "time", SimpleNamespace(sleep=lambda _seconds: other.close()))
    done = hoibao("ask", "Thư viện phường mở cửa mấy giờ?")
    assert done.status == 0
    assert "Thư viện mở cửa từ 8 giờ đến 20 giờ" in done.out
    assert done.err.count("đang chờ đọc xong") == 1


def test_ask_prints_one_json_object(hoibao: Hoibao) -> None:
    done = hoibao("ask", "--json", "--limit", "1", "thu vien phuong mo cua may gio")
    record = json.loads(done.out)
    assert list(record) == [
        "question",
        "understood_as",
        "answered",
        "confidence",
        "suggestion",
        "restriction",
        "hits",
        "ms",
    ]
    assert record["question"] == "thu vien phuong mo cua may gio"
    assert record["answered"] is True
    [hit] = record["hits"]
    assert list(hit) == [
        *("rank", "score", "article_id", "title", "url", "link", "published"),
        *("passage", "excerpt", "start", "end", "highlights", "page", "is_scan", "similar"),
    ]
    assert hit["rank"] == 1
    assert hit["title"] == "Thư viện phường mở cửa buổi tối"
    assert hit["url"] == "https://phuong.example.vn/tin/thu-vien"
    assert hit["link"].startswith("https://phuong.example.vn/tin/thu-vien#:~:text=")
    assert hit["published"] == "2026-03-02T00:00:00+07:00"
    assert hit["passage"] == 0
    assert len(hit["excerpt"]) == hit["end"] - hit["start"]
    assert all(hit["start"] <= start < end <= hit["end"] for start, end in hit["highlights"])


def test_hit_without_an_address_links_to_its_file(hoibao: Hoibao, nowhere: Path) -> None:
    [hit] = json.loads(hoibao("ask", "--json", "--limit", "1", "chợ phường dời về đâu").out)["hits"]
    assert (hit["url"], hit["link"]) == (None, (nowhere / "articles" / "market.md").as_uri())


def test_all_hits_that_are_asked_for_are_shown(hoibao: Hoibao, nowhere: Path) -> None:
    """However many: a terminal has no limit, as a message on Telegram has."""
    for number in range(25):
        other = " ".join(f"s{number}p{place}" for place in range(9))  # copies would be one hit
        text = f"---\ntitle: Bài số {number}\n---\nChợ nổi bán cá: {other}. Không có gì thêm."
        (nowhere / "articles" / f"{number}.md").write_text(text, encoding="utf-8")
    shown = hoibao("ask", "--limit", "25", "chợ nổi bán cá").out
    assert shown.count("Bài số") == 25


def test_question_may_stand_without_quotes(hoibao: Hoibao) -> None:
    assert json.loads(hoibao("ask", "--json", "chợ", "phường", "ở đâu").out)["question"] == "chợ phường ở đâu"


def test_question_that_is_not_answered_is_no_failure(hoibao: Hoibao) -> None:
    done = hoibao("ask", "--json", "Giá vàng hôm nay bao nhiêu?")
    assert (done.status, json.loads(done.out)["answered"]) == (0, False)


def test_reload_reports_and_names_what_it_could_not_read(hoibao: Hoibao, nowhere: Path) -> None:
    (nowhere / "articles" / "empty.md").touch()
    record = json.loads(hoibao("reload", "--json").out)
    assert list(record) == [
        *("added", "updated", "unchanged", "removed", "failed", "copies", "articles", "passages", "seconds")
    ]
    [failure] = record.pop("failed")
    assert failure["origin"].endswith("empty.md")
    assert failure["reason"] == "empty"
    assert (record["added"], record["articles"]) == (2, 2)

    again = hoibao("reload")
    assert again.status == 0
    assert "empty.md" in again.out


def test_articles_are_listed_found_shown_taken_out_and_let_in_again(hoibao: Hoibao, nowhere: Path) -> None:
    hoibao("reload")
    record = json.loads(hoibao("articles", "list", "--json").out)
    assert record["total"] == 2
    assert [article["title"] for article in record["articles"]] == [
        "Thư viện phường mở cửa buổi tối",
        "Chợ phường dời về bến xe cũ",
    ]
    [market] = json.loads(hoibao("articles", "list", "chợ", "--limit", "1", "--json").out)["articles"]
    assert market["origin"] == str(nowhere / "articles" / "market.md")
    assert market["key"] in hoibao("articles", "list").out
    shown = json.loads(hoibao("articles", "show", market["key"], "--json").out)
    assert shown["body"].startswith("Chợ phường dời về khu đất")
    assert "Thư viện mở cửa" in hoibao("articles", "show", "https://phuong.example.vn/tin/thu-vien").out
    assert json.loads(hoibao("articles", "remove", market["id"], "--json").out)["is_withheld"] is True
    assert json.loads(hoibao("articles", "list", "--json").out)["total"] == 1
    assert json.loads(hoibao("articles", "show", market["id"], "--json").out)["is_withheld"] is True
    assert hoibao("articles", "remove", "--undo", market["key"]).status == 0
    assert json.loads(hoibao("articles", "list", "--json").out)["total"] == 2


def test_an_article_that_is_not_there_is_misuse(hoibao: Hoibao) -> None:
    done = hoibao("articles", "show", "khong-co")
    assert done.status == 2
    assert "hoibao articles list" in done.err


def test_reload_takes_in_the_synonyms_of_the_current_folder(hoibao: Hoibao, nowhere: Path) -> None:
    (nowhere / "data").mkdir(exist_ok=True)
    (nowhere / "data" / "synonyms.txt").write_text("TVP, thư viện phường\nTVP\n", encoding="utf-8")
    hoibao("reload")
    said = hoibao("reload").out
    assert "synonyms.txt: dòng 2: chỉ có một cách gọi" in said
    record = json.loads(hoibao("ask", "--json", "TVP mở cửa lúc mấy giờ").out)
    assert record["answered"]


def test_reload_of_an_address_takes_in_its_page_and_sources_tells_of_it(
    hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.web.web.USUAL", AT_ONCE)
    with websites.running() as site:
        monkeypatch.setenv("PRIVATE_HOSTS", site.host)
        address = site.article("/dan-tranh", "lớp dạy đàn tranh")
        assert json.loads(hoibao("reload", "--json", address).out)["added"] == 1
        assert f"{site.root}/dan-tranh" in hoibao("ask", "lớp đàn tranh").out
        refused = json.loads(hoibao("reload", "--json", f"{site.root}/khong-co").out)
    reason = "the site has no such page any more (404)"
    assert refused["failed"] == [{"origin": f"{site.root}/khong-co", "reason": reason}]
    told = json.loads(hoibao("sources", "--json").out)
    assert told["folders"] == [{"source": "articles", "articles": 0}]
    [source] = told["web"]
    assert (source["kind"], source["articles"], source["troubles"]) == ("hand", 1, [])
    assert "Các trang bạn đã gửi lẻ" in hoibao("sources").out


def test_reload_of_a_source_that_is_not_there_fails(hoibao: Hoibao) -> None:
    done = hoibao("reload", "nowhere-at-all")
    assert (done.status, done.out) == (1, "")
    assert "nowhere-at-all: no such file or folder: check the path" in done.err
    assert done.err.count("\n") == 1


def test_chat_greets_explains_and_ends_with_its_input(hoibao: Hoibao) -> None:
    done = hoibao("chat")
    assert done.status == 0
    assert "Hỏi Báo" in done.out
    assert "@BotFather" in done.out


def test_without_a_command_it_chats_while_there_is_no_token(hoibao: Hoibao) -> None:
    hoibao("reload")
    assert hoibao() == hoibao("chat")


def test_without_a_command_it_is_the_bot_where_there_is_a_token(
    hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = []

    def serve(settings: Settings, collection: Collection) -> None:
        served.append((settings.secrets, collection.stats().articles))

    monkeypatch.setattr(application, "run", serve)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert hoibao().status == 0
    assert served == [((TOKEN,), 2)]


def test_run_without_a_token_says_what_to_do(hoibao: Hoibao) -> None:
    assert hoibao("run") == Result(
        1,
        "",
        "hoibao: TELEGRAM_TOKEN is not set: copy .env.example to .env and fill it in, or run `hoibao chat`\n",
    )


def test_token_that_telegram_refuses_is_one_line(hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: Settings, collection: Collection) -> None:
        raise TokenError("Telegram does not know the token")

    hoibao("reload")
    monkeypatch.setattr(application, "run", refuse)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert hoibao("run") == Result(1, "", "hoibao: Telegram does not know the token\n")


def test_wrong_setting_is_one_line_whatever_the_command(
    hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "http")
    for command in (["run"], ["chat"], ["ask", "gì?"], ["reload"], []):
        done = hoibao(*command)
        assert (done.status, done.out) == (1, "")
        assert done.err.startswith("hoibao: PORT needs ")
        assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ["fly"],
        ["ask"],
        ["ask", " "],
        ["ask", "--limit", "0", "gì?"],
        ["ask", "--lmit", "1", "gì?"],
        ["eval", "corpus.jsonl"],
        ["eval", "no-corpus.jsonl", "no-queries.jsonl"],
        ["eval", "--from-feedback", "new", "--json"],
    ],
)
def test_misuse_is_one_line_that_points_to_the_help(hoibao: Hoibao, args: list[str]) -> None:
    done = hoibao(*args)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("hoibao: ")
    assert "--help`" in done.err
    assert done.err.count("\n") == 1


def test_full_disk_is_one_line(hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "data/state/index")

    monkeypatch.setattr(Collection, "reload", fail)
    assert hoibao("reload") == Result(
        1, "", "hoibao: data/state/index: No space left on device: free some space and try again\n"
    )


def test_database_that_cannot_be_opened_is_one_line(hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/hoibao.db")
    done = hoibao("ask", "gì?")
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("hoibao: ")
    assert done.err.count("\n") == 1


@pytest.fixture
def suite(nowhere: Path) -> tuple[str, str]:
    """A corpus of two articles and a question to each."""
    corpus: list[dict[str, object]] = [
        {"id": "a", "title": "Thư viện", "text": "Thư viện mở cửa từ 8 giờ đến 20 giờ hằng ngày."},
        {"id": "b", "title": "Chợ", "text": "Chợ phường dời về khu đất bến xe cũ từ tháng tư."},
    ]
    queries: list[dict[str, object]] = [
        {"id": "1", "text": "Thư viện mở cửa mấy giờ?", "answers": ["8 giờ đến 20 giờ"], "relevant": ["a"]},
        {"id": "2", "text": "Chợ phường dời về đâu?", "answers": ["bến xe cũ"], "relevant": ["b"]},
    ]
    names = ("corpus.jsonl", "queries.jsonl")
    for name, rows in zip(names, (corpus, queries), strict=True):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (nowhere / name).write_text("\n".join(lines), encoding="utf-8")
    return names


def test_eval_prints_the_figures_as_json(hoibao: Hoibao, suite: tuple[str, str]) -> None:
    record = json.loads(hoibao("eval", *suite, "--json").out)
    assert list(record) == [
        *("queries", "articles", "passages", "mrr@10", "r@1", "r@5"),
        *("answer_in_excerpt@1", "answer_in_excerpt@3", "abstention", "ms_p50", "ms_p99", "index_seconds"),
    ]
    assert (record["queries"], record["articles"], record["r@1"]) == (2, 2, 1.0)


def test_eval_prints_a_table_for_people(hoibao: Hoibao, suite: tuple[str, str]) -> None:
    corpus, queries = suite
    done = hoibao("eval", corpus, queries, "--strip-accents", "--no-titles")
    assert (done.status, done.err) == (0, "")
    assert "r@1" in done.out


def test_eval_of_a_file_that_is_no_suite_is_one_line(hoibao: Hoibao, suite: tuple[str, str]) -> None:
    Path("queries.jsonl").write_text("{", encoding="utf-8")
    done = hoibao("eval", *suite)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("hoibao: queries.jsonl, row 1: ")
    assert done.err.count("\n") == 1


def test_eval_from_feedback_writes_what_eval_reads(hoibao: Hoibao) -> None:
    hoibao("reload")
    with closing(open_collection(Settings.load())) as collection:
        answer = collection.ask("Thư viện mở cửa mấy giờ?")
        noted = NotedAnswer.of(answer, id="a", asker="an", chat="p", at=datetime.now(UTC), seconds=0.1)
        collection.journal.note([noted])
        collection.journal.rate("a", "an", Rating(verdict="good", rank=1))
    done = hoibao("eval", "--from-feedback", "new")
    assert done == Result(
        0,
        "1 labelled question written. Measure with:\n  hoibao eval new/corpus.jsonl new/queries.jsonl\n",
        "",
    )
    assert json.loads(hoibao("eval", "new/corpus.jsonl", "new/queries.jsonl", "--json").out)["r@1"] == 1.0


def test_doctor_fails_where_something_is_wrong(hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hoibao("doctor").status == 0
    monkeypatch.setenv("ARTICLES_DIR", "gone")
    done = hoibao("doctor")
    assert done.status == 1
    assert "✗" in done.out


def test_help_comes_without_loading_the_application() -> None:
    script = """
import sys
from bot.cli.main import main
assert main(["--help"]) == main(["ask", "--help"]) == 0
print({"telegram", "sqlalchemy", "numpy", "pydantic", "babel", "rich"} & sys.modules.keys())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "set()"


def test_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "hoibao 0.1.0\n"


def test_empty_source_is_refused(hoibao: Hoibao) -> None:
    """It is a script's variable that is not set; taken as a path it would be the current folder."""
    done = hoibao("reload", "")
    assert (done.status, done.out) == (2, "")
    assert "A SOURCE is empty" in done.err


FULL = pytest.param(
    "2>/dev/full", marks=pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such")
)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", FULL])
def test_stream_that_is_closed_or_full_stops_nothing(hoibao: Hoibao, closed: str) -> None:
    command = f"{sys.executable} -m bot chat {closed}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", command],
        input="chợ ở đâu?\n",
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_letters_that_a_terminal_does_not_know_stop_nothing(hoibao: Hoibao) -> None:
    command = [sys.executable, "-m", "bot", "chat"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii:strict"}
    done = subprocess.run(command, input=b"th\xff\n", capture_output=True, env=environment, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert b"Xin ch?o!" in done.stdout


def test_why_shows_points_that_add_up_in_80_columns(hoibao: Hoibao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = hoibao("why", "--limit", "1", "thu vien phuong mo cua may gio")
    assert (done.status, max(map(len, done.out.splitlines()))) == (0, 80)
    assert "Vì sao bài này đứng đầu" in done.out
    words = re.findall(r"^ (?!Cộng|Tổng).* (\d+,\d{3}) +(\d+,\d{3}) +(\d+,\d{3}) $", done.out, re.MULTILINE)
    points = [[float(number.replace(",", ".")) for number in row] for row in words]
    assert all(passage + article == pytest.approx(both, abs=0.002) for passage, article, both in points)
    [together] = re.findall(r"^ Cộng các từ +([\d,]+) $", done.out, re.MULTILINE)
    assert sum(row[2] for row in points) == pytest.approx(float(together.replace(",", ".")), abs=0.02)


def test_why_prints_json_whose_parts_add_up_to_the_score_of_ask(hoibao: Hoibao) -> None:
    question = "thư viện phường mở cửa mấy giờ, chợ ở đâu"
    record = json.loads(hoibao("why", "--json", question).out)
    asked = json.loads(hoibao("ask", "--json", question).out)
    assert [hit["score"] for hit in record["hits"]] == [hit["score"] for hit in asked["hits"]]
    for hit in record["hits"]:
        assert sum(gain["total"] for gain in hit["gains"]) == pytest.approx(hit["sum"], abs=1e-9)
        factor = 1 + hit["closeness"] + hit["opening"] + hit["subject"]
        assert hit["sum"] * factor == pytest.approx(hit["score"], abs=1e-9)
    odds = record["odds"]
    assert sum(odds[part] for part in odds if part != "total") == pytest.approx(odds["total"])
    assert 1 / (1 + math.exp(-odds["total"])) == pytest.approx(asked["confidence"])


def test_why_of_what_no_article_says_says_so(hoibao: Hoibao) -> None:
    done = hoibao("why", "kilimanjaro")
    assert done.status == 0
    assert "không bài nào có" in done.out
    assert json.loads(hoibao("why", "--json", "😀").out)["odds"] is None


def test_why_without_a_question_is_misuse(hoibao: Hoibao) -> None:
    assert [hoibao("why").status, hoibao("why", " ").status] == [2, 2]


def test_the_database_is_copied_into_an_empty_file_only(hoibao: Hoibao, nowhere: Path) -> None:
    assert hoibao("reload").status == 0
    copied = hoibao("db", "copy", "sqlite:///data/state/hoibao.db", "sqlite:///copy.db", "--json")
    assert copied.status == 0
    assert json.loads(copied.out)["copied"]["articles"] == 2
    again = hoibao("db", "copy", "sqlite:///data/state/hoibao.db", "sqlite:///copy.db")
    assert again.status == 1
    assert "name an empty one, nothing was copied" in again.err
