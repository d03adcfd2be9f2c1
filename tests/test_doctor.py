"""The doctor: what it looks at, and what it says to do."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from bot.doctor import Check, examine

TOKEN = "123456789:AAEhBOweik-9_xyz"
# Of an administrator; Telegram sends only those of the status.
RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": False,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


class Telegram(BaseHTTPRequestHandler):
    """A Bot API that knows one token, and who it belongs to."""

    modes: ClassVar[dict[str, bool]] = {}
    standings: ClassVar[dict[str, str]] = {}  # of the bot, in groups

    def do_POST(self) -> None:  # the name is http.server's
        sent = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == f"/bot{TOKEN}/getChatMember":
            self._tell_standing(str(json.loads(sent)["chat_id"]))
            return
        known = self.path == f"/bot{TOKEN}/getMe"
        me = {"id": 123456789, "is_bot": True, "first_name": "Hỏi Báo", "username": "hoibao_test_bot"}
        me |= self.modes
        refusal = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        self._say({"ok": True, "result": me} if known else refusal)

    def _tell_standing(self, group: str) -> None:
        member: dict[str, Any] = {"user": {"id": 123456789, "is_bot": True, "first_name": "Hỏi Báo"}}
        member |= {"status": self.standings.get(group, "")} | (RIGHTS if group in self.standings else {})
        unknown = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        self._say({"ok": True, "result": member} if group in self.standings else unknown)

    def _say(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(answer.get("error_code", 200))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def telegram() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Telegram) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def project(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEFAULT_LANGUAGE", "en")
    monkeypatch.setenv("ARTICLES_DIR", "articles")
    (nowhere / "articles").mkdir()
    (nowhere / "articles" / "one.md").write_text("Thư viện mở cửa từ 8 giờ.", encoding="utf-8")
    return nowhere


def found() -> list[tuple[str, str]]:
    return [(check.verdict, check.text) for check in examine()]


def test_missing_token_is_only_a_warning() -> None:
    settings, token, *rest = found()
    assert settings == ("good", "The settings are in order.")
    assert token[0] == "warning"
    assert "@BotFather" in token[1]
    assert rest == [
        ("good", "1 file in articles."),
        ("good", "The database is up to date and can be written."),
        ("warning", "The index is empty: run `hoibao reload`."),
    ]


def test_wrong_setting_ends_the_examination(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    [(verdict, text)] = found()
    assert verdict == "bad"
    assert text.startswith("PORT needs a whole number")


def test_token_that_telegram_knows_is_good(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert found()[1] == ("good", "Telegram knows the bot as @hoibao_test_bot.")


def test_modes_that_are_off_are_pointed_out(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    assert found()[2:4] == [
        (
            "warning",
            "Inline mode is off: for “@hoibao_test_bot question” in any chat, send /setinline to @BotFather.",
        ),
        (
            "warning",
            "Guest mode is off: to ask the bot in groups that it has not joined, allow it at @BotFather.",
        ),
    ]


def test_modes_that_are_on_are_not_spoken_of(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setattr(
        Telegram,
        "modes",
        {
            "supports_inline_queries": True,
            "supports_guest_queries": True,
            "can_read_all_group_messages": True,
        },
    )
    assert "off" not in " ".join(text for _, text in found())


def test_token_that_telegram_does_not_know_is_bad_and_not_shown(
    telegram: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", "987654321:wrong-half")
    assert found()[1] == (
        "bad",
        "Telegram does not know TELEGRAM_TOKEN: copy it from @BotFather once more. "
        f"Or correct TELEGRAM_API_URL, which is {telegram}.",
    )


def test_telegram_that_does_not_answer_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("TELEGRAM_API_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    verdict, text = found()[1]
    assert verdict == "bad"
    assert text.startswith(f"http://127.0.0.1:{port} does not answer (")
    assert TOKEN not in text


def test_missing_articles_folder_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLES_DIR", "gone")
    assert ("bad", "There is no folder gone: create it, or correct ARTICLES_DIR.") in found()


def test_empty_articles_folder_is_a_warning(project: Path) -> None:
    (project / "articles" / "one.md").unlink()
    assert ("warning", "There is nothing to read in articles: put articles there.") in found()


def test_database_that_cannot_be_opened_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/hoibao.db")
    last = found()[-1]
    assert last[0] == "bad"
    assert "\n" not in last[1]


def test_index_folder_that_cannot_be_used_is_bad(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "file").touch()
    monkeypatch.setenv("INDEX_DIR", "file/index")
    last = found()[-1]
    assert last[0] == "bad"
    assert "INDEX_DIR" in last[1]


def test_each_verdict_has_its_mark() -> None:
    assert str(Check(verdict="good", text="a")) == "✓ a"
    assert str(Check(verdict="warning", text="b")) == "! b"
    assert str(Check(verdict="bad", text="c")) == "✗ c"


def test_a_search_cluster_out_of_reach_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", "http://bot:secret@127.0.0.1:1")
    checks = found()
    assert ("bad", UNREACHED) in checks
    assert not any("secret" in text for _, text in checks)


UNREACHED = (
    "the search cluster 127.0.0.1:1 cannot be reached: check that it runs and that SEARCH_URL leads to it"
)


def in_groups(
    telegram: str, monkeypatch: pytest.MonkeyPatch, allowed: str, standings: dict[str, str]
) -> list[tuple[str, str]]:
    """Return what is found of the groups of *allowed*, with the bot's *standings* there."""
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", telegram)
    monkeypatch.setenv("ALLOWED", allowed)
    monkeypatch.setattr(Telegram, "standings", standings)
    return [(verdict, text) for verdict, text in found() if "ALLOWED" in text]


def test_groups_that_the_bot_can_look_into_are_good(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    standings = {"-1": "administrator", "-2": "member", "-3": "member"}
    assert in_groups(telegram, monkeypatch, "7, members:-1, -2, -3/12", standings) == [
        ("good", "Telegram knows 3 groups of ALLOWED.")
    ]


def test_group_that_does_not_exist_is_bad(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [(verdict, text)] = in_groups(telegram, monkeypatch, "-100500", {})
    assert verdict == "bad"
    assert text.startswith("The bot is not in the group -100500 of ALLOWED:")


def test_group_that_the_bot_has_left_is_bad(telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verdicts = in_groups(telegram, monkeypatch, "members:-1", {"-1": "left"})
    assert verdicts[0][0] == "bad"


def test_members_are_told_for_certain_only_to_an_administrator(
    telegram: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict, text = in_groups(telegram, monkeypatch, "members:-1", {"-1": "member"})[0]
    assert verdict == "warning"
    assert "make the bot an administrator" in text
