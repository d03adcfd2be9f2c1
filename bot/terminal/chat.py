"""The conversation of the Telegram bot in the terminal; whoever sits there is its admin."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic

from rich.console import Console
from rich.text import Text

from bot import buttons, render
from bot.buttons import ArticleSpot, HitRef, Offer, Ruling, Sheet
from bot.conversation import admin, replies
from bot.conversation.replies import Exchange, Shown
from bot.language import Texts
from bot.links import Links, parse_payload
from bot.reply import Reply
from bot.storage.keys import answer_id
from bot.storage.notebook import FOLLOWED_WITHIN
from bot.terminal import display as terminal
from bot.terminal.display import Choice
from bot.terminal.progress import progress_bar
from retrieval.answer import Answer
from retrieval.collection.collection import Collection
from retrieval.errors import ReadError, ReloadRunningError, RetrievalError
from retrieval.journal.journal import NotedAnswer
from retrieval.text.canonical import clean

_PROMPT = "❯ "
_LINKS = Links(username=None)
_ANSWER = answer_id("terminal")  # only the buttons of the last message can be chosen


def read_line() -> str:
    """Read a line from standard input, with a prompt and line editing if somebody types it.

    Raises ``EOFError`` at the end of the input.
    """
    if not sys.stdin.isatty():
        return input()
    with suppress(ImportError):  # there is none on Windows
        import readline  # noqa: F401
    print()
    return input(_PROMPT)


def chat(
    collection: Collection,
    texts: Texts,
    *,
    token_missing: bool,
    read: Callable[[], str] = read_line,
    console: Console | None = None,
) -> None:
    """Greet, then answer line by line until /quit, the end of the input or Ctrl-C.

    *token_missing*: say how to connect Telegram. *read* raises ``EOFError`` at the end.
    """
    conversation = Conversation(collection, texts, console or Console())
    try:
        conversation.open(token_missing=token_missing)
        while conversation.is_open:
            conversation.take(read())
    except (EOFError, KeyboardInterrupt):
        conversation.close()


def show(texts: Texts, answer: Answer, console: Console | None = None) -> None:
    """Print one *answer* without its choices: there is nobody to make one."""
    terminal.show(console or Console(), render.whole_answer(texts, answer, _LINKS))


class Conversation:
    """The part of the conversation that the next line depends on: the last question and the last message."""

    def __init__(self, collection: Collection, texts: Texts, console: Console) -> None:
        self.is_open = True
        self._collection = collection
        self._texts = texts
        self._console = console
        self._choices: tuple[Choice, ...] = ()
        self._said = ""  # the text of the last message
        self._asked: str | None = None  # the last question, as understood
        self._asked_at = 0.0  # seconds, on the monotonic clock
        self._answer: NotedAnswer | None = None  # the last one, for its other hits
        self._shown: Shown | None = None  # the same, as the last message shows it
        self._commands: dict[str, Callable[[str], None]] = {
            "/start": self._start,
            "/help": self._help,
            "/ask": self._ask,
            "/why": self._why,
            "/alerts": self._alerts,
            "/stats": self._stats,
            "/unanswered": self._unanswered,
            "/articles": self._articles,
            "/add": self._add,
            "/remove": self._remove,
            "/reload": self._reload,
            "/language": self._on_telegram,
            "/privacy": self._on_telegram,
            "/forget": self._forget,
            "/quit": self._quit,
        }

    def open(self, *, token_missing: bool) -> None:
        """Say how to connect Telegram if the token is missing; then greet, with its choices."""
        if token_missing:
            self._say(render.connecting(self._texts))
        self._start("")

    def take(self, line: str) -> None:
        """Do what *line* asks: a command, the number of a choice, or a question."""
        line = " ".join(clean(line).split())
        word, _, rest = line.partition(" ")
        try:
            if word.startswith("/"):
                self._commands.get(word.lower(), self._unknown)(rest)
            elif line.isascii() and line.isdigit() and 1 <= int(line[:9]) <= len(self._choices):
                self._choose(self._choices[int(line) - 1].data)
            elif line:
                self._ask(line)
        except ReloadRunningError:
            self._notice("Another reload is under way. Try again when it is done.")
        except RetrievalError as error:
            self._console.print(Text(clean(str(error)), "red"))

    def close(self) -> None:
        """Say goodbye."""
        self._notice("Goodbye!")
        self.is_open = False

    def _say(self, reply: Reply) -> None:
        self._console.print()
        self._choices = terminal.show(self._console, reply)
        self._said = reply.text

    def _notice(self, msgid: str) -> None:
        self._say(render.notice(self._texts, msgid))

    def _start(self, payload: str) -> None:
        spot = parse_payload(payload)
        page = replies.page(self._collection, self._texts, spot) if spot else None
        self._say(page or replies.greet(self._collection, self._texts, admin=True))

    def _help(self, _: str) -> None:
        self._say(render.help_(self._texts, admin=True))
        self._say(render.notice(self._texts, "In the terminal: a number picks a choice, /quit leaves."))

    def _ask(self, question: str) -> None:
        exchange = replies.answer(
            self._collection,
            self._texts,
            question,
            _LINKS,
            answer_id=_ANSWER,
            previous=self._previous(),
            recall=lambda _: self._shown if self._is_recent else None,
        )
        self._take(exchange)

    def _why(self, question: str) -> None:
        self._take(replies.why(self._collection, self._texts, question, _LINKS, previous=self._last()))

    def _previous(self) -> str | None:
        return self._asked if self._is_recent else None

    @property
    def _is_recent(self) -> bool:
        """Whether the last question is not long past."""
        return monotonic() - self._asked_at <= FOLLOWED_WITHIN.total_seconds()

    def _last(self) -> str | None:
        """Return the last question, answered or not."""
        return self._shown.answer.understood_as if self._shown else self._previous()

    def _take(self, exchange: Exchange[Reply]) -> None:
        self._say(exchange.reply)
        if exchange.shown is not None or exchange.understood_as is not None:
            self._asked_at = monotonic()
        self._asked = exchange.understood_as if exchange.understood_as is not None else self._asked
        self._shown = exchange.shown or self._shown
        if exchange.answer is not None and exchange.shown is not None:  # /why shows no hit to turn from
            self._answer = NotedAnswer.of(
                exchange.answer,
                id=_ANSWER,
                asker="",
                chat="",
                at=datetime.now(UTC),
                seconds=exchange.seconds,
            )

    def _choose(self, data: str) -> None:
        collection, texts = self._collection, self._texts
        match buttons.parse(data):
            case Offer() as offer:  # it is asked instead of the question before, and follows none
                self._asked = self._shown = None
                self._ask(offer.question(self._said))
            case HitRef() as shown if self._answer:
                self._say(replies.hit(collection, texts, self._answer, shown, _LINKS))
            case Ruling() as ruling:
                self._say(admin.ruled(collection, texts, ruling))
            case Sheet() as sheet:
                self._say(admin.listed(collection, texts, _LINKS, sheet, sheet.words_in(self._said)))
            case ArticleSpot() as spot:
                self._say(replies.page(collection, texts, spot) or replies.gone(texts))
            case _:
                self._say(replies.gone(texts))

    def _alerts(self, _: str) -> None:
        self._notice("Questions are followed on Telegram: there I write when there is something new.")

    def _stats(self, _: str) -> None:
        self._say(render.statistics(self._texts, self._collection.stats()))

    def _unanswered(self, _: str) -> None:
        self._say(admin.listed(self._collection, self._texts, _LINKS, Sheet(list="gaps")))

    def _articles(self, words: str) -> None:
        self._say(admin.listed(self._collection, self._texts, _LINKS, Sheet(list="articles"), words))

    def _add(self, _: str) -> None:
        self._notice("Put the file into the folder of your articles, then write /reload.")

    def _remove(self, words: str) -> None:
        self._say(admin.removal(self._collection, self._texts, words))

    def _reload(self, _: str) -> None:
        try:
            with progress_bar(self._texts, self._console) as show_step:
                report = self._collection.reload(progress=show_step)
        except ReadError as error:
            self._say(render.failure(self._texts, error))
        else:
            self._say(render.report(self._texts, report))

    def _forget(self, _: str) -> None:
        self._asked = self._shown = self._answer = None
        self._notice("I have forgotten what we talked about. Your next question starts anew.")

    def _quit(self, _: str) -> None:
        self.close()

    def _on_telegram(self, _: str) -> None:
        self._notice("The terminal keeps nothing of what you ask, and speaks DEFAULT_LANGUAGE.")

    def _unknown(self, _: str) -> None:
        self._notice("I do not know this command. See /help.")
