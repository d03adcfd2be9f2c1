"""The conversation in the terminal, typed line by line against a collection of two articles."""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console
from samples import CHESS_HIT, EXPLANATION, HANOI, LIBRARY, LIBRARY_HIT, MARKET, MARKET_HIT, answer
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import MessageEntityType

from bot.buttons import ArticleSpot
from bot.language import Languages, Texts
from bot.reply import Reply
from bot.terminal.chat import chat, read_line, show
from bot.terminal.display import show as show_reply
from retrieval.answer import Answer, Hit
from retrieval.answering.explanation import Explanation
from retrieval.article import Article
from retrieval.collection.collection import Collection
from retrieval.collection.report import Report, Stats, Step
from retrieval.errors import ReloadRunningError, StoreError
from retrieval.journal.journal import NotedAnswer, NotedHit

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")
REPORT = Report(added=2, updated=0, unchanged=0, removed=0, failed=(), articles=2, passages=3, seconds=0.5)


class Shelf:
    """Stands in for a collection: two articles, one answer whatever is asked."""

    def __init__(self, told: Answer) -> None:
        self.asked: list[str] = []
        self.after: list[str | None] = []  # what each came after
        self.error: Exception | None = None
        self._told = told
        self._articles = {article.key: article for article in (LIBRARY, MARKET)}

    def ask(
        self, question: str, *, limit: int = 3, after: str | None = None, besides: Hit | None = None
    ) -> Answer:
        if besides is None:  # else it is the same question once more
            self.asked.append(question)
            self.after.append(after)
        return replace(self._told, hits=self._told.hits[:limit])

    def why(self, question: str, *, after: str | None = None) -> Explanation:
        self.asked.append(f"why {question}")
        self.after.append(after)
        return EXPLANATION

    def hits_again(self, noted: Iterable[NotedHit]) -> list[Hit]:
        ids = [hit.article_id for hit in noted]
        return [hit for hit in self._told.hits if hit.article.id in ids]

    def article(self, key: str) -> Article | None:
        return self._articles.get(key)

    def stats(self) -> Stats:
        return Stats(articles=2, passages=3, newest=LIBRARY.published, reloaded=LIBRARY.published)

    def reload(self, *, progress: Callable[[Step], None]) -> Report:
        if self.error:
            raise self.error
        progress(Step(stage="read", done=1, total=2))
        progress(Step(stage="index", done=0, total=0))
        return REPORT


@pytest.fixture(autouse=True)
def starters(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that the greeting offers: none, if a test does not put some there."""
    questions: list[str] = []
    monkeypatch.setattr("bot.conversation.replies.starters", lambda *_: questions)
    return questions


@pytest.fixture
def english() -> Texts:
    return Languages("en", HANOI).of("en")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(answer(LIBRARY_HIT, MARKET_HIT))


def paper(*, terminal: bool = False, width: int = 60) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        width=width,
        legacy_windows=False,
    )


def printed(console: Console) -> str:
    return cast(io.StringIO, console.file).getvalue()


def keyboard(*lines: str) -> Callable[[], str]:
    """Return what reads *lines*, then the end of the input."""
    rest: Iterator[str] = iter(lines)

    def read() -> str:
        for line in rest:
            return line
        raise EOFError

    return read


def conversation(shelf: Shelf, *lines: str, token_missing: bool = False) -> str:
    console = paper()
    texts = Languages("en", HANOI).of("en")
    chat(
        cast(Collection, shelf),
        texts,
        token_missing=token_missing,
        read=keyboard(*lines),
        console=console,
    )
    return printed(console)


def test_without_input_it_greets_and_says_goodbye(shelf: Shelf) -> None:
    said = conversation(shelf)
    assert "Hello! This is Hỏi Báo." in said
    assert "2 articles" in said
    assert said.rstrip().endswith("Goodbye!")


def test_questions_to_begin_with_are_choices(shelf: Shelf, starters: list[str]) -> None:
    starters += ["giờ mở cửa?", "thẻ mất phí không?"]
    said = conversation(shelf, "2", token_missing=True)
    assert "[1] giờ mở cửa?   [2] thẻ mất phí không?" in said
    assert shelf.asked == ["thẻ mất phí không?"]


def test_without_a_token_it_says_how_to_connect_telegram(shelf: Shelf) -> None:
    assert "@BotFather" in conversation(shelf, token_missing=True)
    assert "@BotFather" not in conversation(shelf)


def test_a_question_is_answered_with_excerpt_date_and_address(shelf: Shelf) -> None:
    said = conversation(shelf, "làm thẻ mất phí không?")
    assert shelf.asked == ["làm thẻ mất phí không?"]
    assert f"▎ … {LIBRARY_HIT.quote}" in said
    assert "3 Jun 2024" in said
    assert f"\n{LIBRARY.url}\n" in said
    assert "[1] › 2/2   [2] Read the article" in said


def test_a_number_picks_a_choice_of_the_last_message(shelf: Shelf) -> None:
    said = conversation(shelf, "thẻ", "1", "2", "1")
    assert shelf.asked == ["thẻ"]
    assert f"\n{Path(MARKET.origin).absolute().as_uri()}\n" in said
    assert f"{MARKET.body}\n" in said
    assert said.count(MARKET_HIT.quote) == 3  # the hit, its article, and the hit again


def test_the_first_choice_asks_what_was_suggested() -> None:
    shelf = Shelf(answer(LIBRARY_HIT, suggestion="làm thẻ thư viện"))
    assert "[1] Yes, ask this   [2] Read the article" in conversation(shelf, "làm the", "1")
    assert shelf.asked == ["làm the", "làm thẻ thư viện"]
    assert shelf.after == [None, None]


@pytest.mark.parametrize("line", ["3", "0", "07", "2024", "٢", "²", "9" * 5000])
def test_a_number_that_is_no_choice_is_a_question(shelf: Shelf, line: str) -> None:
    conversation(shelf, "thẻ", line)
    assert shelf.asked == ["thẻ", line]


def test_choices_end_with_the_message_that_offers_them(shelf: Shelf) -> None:
    conversation(shelf, "thẻ", "/stats", "1")
    assert shelf.asked == ["thẻ", "1"]


def test_blank_lines_ask_nothing(shelf: Shelf) -> None:
    conversation(shelf, "", "  ", "\u200b", "/ask", "/ask  ")
    assert shelf.asked == []


def test_the_command_ask_asks(shelf: Shelf) -> None:
    conversation(shelf, "/ASK  giờ   mở cửa ")
    assert shelf.asked == ["giờ mở cửa"]


def test_half_a_character_from_the_input_is_left_out(shelf: Shelf) -> None:
    conversation(shelf, "giờ\udcff mở")
    assert shelf.asked == ["giờ mở"]


def test_quit_ends_the_conversation(shelf: Shelf) -> None:
    assert conversation(shelf, "/quit", "thẻ").count("Goodbye!") == 1
    assert shelf.asked == []


def test_ctrl_c_ends_it_as_politely(shelf: Shelf, english: Texts) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    console = paper()
    chat(cast(Collection, shelf), english, token_missing=False, read=interrupt, console=console)
    assert printed(console).rstrip().endswith("Goodbye!")


def test_start_with_a_payload_opens_the_article(shelf: Shelf) -> None:
    said = conversation(shelf, f"/start {ArticleSpot(LIBRARY.key, 5).payload}")
    assert LIBRARY.body.replace("\n", "\n\n") in said
    assert f"Open the original: {LIBRARY.url}" in said


def test_start_with_a_payload_of_no_article_greets(shelf: Shelf) -> None:
    assert conversation(shelf, "/start 0123456789abcdef-0").count("Hello!") == 2


def test_an_article_that_is_gone_is_named_so() -> None:
    shelf = Shelf(answer(CHESS_HIT))
    assert "not in the collection any more" in conversation(shelf, "cờ", "1")


def test_help_and_stats_are_those_of_an_admin(shelf: Shelf) -> None:
    said = conversation(shelf, "/help", "/stats")
    assert "/reload – take in new and changed articles" in said
    assert "/quit" in said
    assert "Passages: 3" in said


def test_alerts_are_on_telegram_only(shelf: Shelf) -> None:
    assert "followed on Telegram" in conversation(shelf, "/alerts")


def test_an_unknown_command_is_no_question(shelf: Shelf) -> None:
    assert "I do not know this command" in conversation(shelf, "/delete everything")
    assert shelf.asked == []


def test_reload_ends_with_its_report(shelf: Shelf) -> None:
    assert "2 added · 0 updated · 0 unchanged · 0 removed" in conversation(shelf, "/reload")


def test_a_second_reload_is_told_so(shelf: Shelf) -> None:
    shelf.error = ReloadRunningError("locked")
    assert "Another reload is under way." in conversation(shelf, "/reload")


def test_a_failure_is_told_and_the_conversation_goes_on(shelf: Shelf) -> None:
    shelf.error = StoreError("the disk is full: \x1b[2Jfree some space")
    said = conversation(shelf, "/reload", "thẻ")
    assert "the disk is full: [2Jfree some space" in said
    assert shelf.asked == ["thẻ"]


def test_an_answer_alone_offers_no_choices_and_all_its_hits(english: Texts) -> None:
    console = paper()
    show(english, answer(LIBRARY_HIT, MARKET_HIT, CHESS_HIT, MARKET_HIT), console)
    assert printed(console).count("▎") == 4
    assert "[1]" not in printed(console)


def test_a_long_excerpt_is_wrapped_behind_its_bar(english: Texts) -> None:
    console = paper(terminal=True, width=44)
    show(english, answer(LIBRARY_HIT), console)
    lines = ESCAPES.sub("", printed(console)).splitlines()
    quoted = [line for line in lines if line.startswith("▎ ")]
    assert len(quoted) > 2
    assert max(map(len, quoted)) <= 44
    assert " ".join(line.removeprefix("▎ ").strip() for line in quoted) == f"… {LIBRARY_HIT.quote}"


def test_links_can_be_clicked_where_the_terminal_can(english: Texts) -> None:
    console = paper(terminal=True)
    show(english, answer(LIBRARY_HIT), console)
    assert f";{LIBRARY.url}#:~:text=B%E1%BA%A1n" in printed(console)
    assert f"\n{LIBRARY.url}\n" in ESCAPES.sub("", printed(console))


def test_text_brings_no_control_sequences_and_no_markup(english: Texts) -> None:
    evil = "[bold red]đỏ[/] :smile: \x1b[2J\x1b]8;;http://x\x1b\\\x07\x9b1m\u202eab\rxóa"
    url = "https://example.vn/\x1b]0;x\x07"
    reply = Reply(
        text=f"{evil}\n🎉 đậm",
        entities=(
            MessageEntity(MessageEntityType.TEXT_LINK, 0, 4, url=url),
            MessageEntity(MessageEntityType.BOLD, len(evil) + 4, 3),
        ),
        keyboard=InlineKeyboardMarkup.from_column(
            [InlineKeyboardButton(evil, callback_data="a"), InlineKeyboardButton("Mở", url=url)]
        ),
    )
    console = paper(terminal=True, width=200)
    show_reply(console, reply)
    said = printed(console)
    assert "\x1b[1mđậm\x1b[0m" in said  # entities count in UTF-16 units
    assert "[bold red]đỏ[/] :smile:" in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ESCAPES.sub("", said))
    assert "\x1b[2J" not in said
    assert "http://x\x1b" not in said


def test_what_is_not_typed_gets_no_prompt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("giờ mở cửa\n"))
    assert read_line() == "giờ mở cửa"
    assert capsys.readouterr().out == ""
    with pytest.raises(EOFError):
        read_line()


def test_an_unanswered_question_offers_the_nearest_articles(shelf: Shelf) -> None:
    far = Shelf(replace(answer(LIBRARY_HIT), answered=False))
    said = conversation(far, "giá vàng", "1")
    assert "I couldn't find an answer in the articles." in said
    assert LIBRARY.body.replace("\n", "\n\n") in said


def test_a_line_comes_after_the_last_question_as_it_was_understood(shelf: Shelf) -> None:
    said = conversation(shelf, "lam the mat phi khong?", "cảm ơn nhé", "ở đâu?")
    assert shelf.asked == ["lam the mat phi khong?", "ở đâu?"]
    assert shelf.after == [None, "làm thẻ mất phí không"]
    assert "You are welcome!" in said


def test_a_line_long_after_the_last_question_comes_after_none(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 10**6, 1000))
    monkeypatch.setattr("bot.terminal.chat.monotonic", lambda: float(next(clock)))
    conversation(shelf, "thẻ mất phí không?", "ở đâu?")
    assert shelf.after == [None, None]


def test_a_line_after_forget_comes_after_none(shelf: Shelf) -> None:
    said = conversation(shelf, "thẻ mất phí không?", "/forget", "ở đâu?", "/why")
    assert shelf.after == [None, None, None]
    assert "starts anew" in said


def test_why_explains_the_last_question_or_the_one_that_is_given(shelf: Shelf) -> None:
    said = conversation(shelf, "lam the mat phi khong?", "/why", "/why còn buổi tối?")
    assert shelf.asked == ["lam the mat phi khong?", "why làm thẻ mất phí không", "why còn buổi tối?"]
    assert shelf.after == [None, None, "làm thẻ mất phí không"]
    assert said.count("Why this article comes first") == 2


def test_why_before_any_question_asks_for_one(shelf: Shelf) -> None:
    assert "Write it after the command: /why" in conversation(shelf, "/why")
    assert shelf.asked == []


@pytest.fixture
def shelved(collection: Collection, articles_dir: Path) -> Collection:
    """A real collection of a dozen articles."""
    for day in range(1, 13):
        head = f"---\ntitle: Bản tin {day}\ndate: 2025-01-{day:02}\n---\n"
        text = f"{head}Xe buýt tuyến {day} chạy từ bến {day}.\n"
        (articles_dir / f"tin-{day}.md").write_text(text, encoding="utf-8")
    collection.reload()
    return collection


def said_by(collection: Collection, *lines: str) -> str:
    return conversation(cast(Shelf, collection), *lines)


def test_articles_are_listed_turned_and_opened(shelved: Collection) -> None:
    said = said_by(shelved, "/articles", "12", "2", "/articles bản tin", "1")
    assert "12 articles, newest first" in said
    assert "1. Bản tin 12" in said
    assert "11. Bản tin 2" in said
    assert "Xe buýt tuyến 1 chạy từ bến 1." in said
    assert "12 articles found for “bản tin”" in said


def test_an_article_is_removed_and_comes_back(shelved: Collection) -> None:
    said = said_by(shelved, "/remove xe buýt tuyến 7", "1", "/stats", "/remove xe buýt tuyến 7", "2")
    assert "Take this article out?" in said
    assert "Articles: 11" in said
    assert "It stays as it is." in said
    said = said_by(shelved, "/remove tuyến 8", "1", "1", "/remove")
    assert "It is back" in said
    assert "Which article?" in said


def test_what_was_asked_in_vain_is_listed(shelved: Collection) -> None:
    noted = NotedAnswer.of(
        answer(understood_as="giá vàng", answered=False),
        id="a", asker="1:7", chat="1:7", at=datetime.now(UTC), seconds=0.1,
    )  # fmt: skip
    shelved.journal.note([noted])
    assert "1. giá vàng" in said_by(shelved, "/unanswered")


def test_adding_in_the_terminal_is_putting_a_file_in_its_folder(shelf: Shelf) -> None:
    assert "Put the file into the folder" in conversation(shelf, "/add")


@pytest.mark.parametrize("command", ["/language", "/privacy"])
def test_what_concerns_people_on_telegram_is_told_from_what_the_terminal_does(
    shelf: Shelf, command: str
) -> None:
    assert "The terminal keeps nothing" in conversation(shelf, command)
