"""Values that buttons carry, each written as ``data`` and read back once.

``parse(value.data) == value`` for every value here. Telegram lets a button carry 64 bytes. Old messages keep
their buttons for years, so the patterns only ever grow.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast, get_args

from retrieval.journal.journal import VERDICTS, Verdict

Decision = Literal["remove", "keep", "restore"]
List = Literal["gaps", "articles"]
ForgetStep = Literal["ask", "yes", "no"]
SentStep = Literal["card", "undo"]
Use = Literal["add", "ask"]
Field = Literal["title", "date", "today", "url"]  # today: the date of this day

_HIT = r"(?P<answer>[0-9a-f]{16}):(?P<rank>[1-9][0-9]?):(?P<of>[1-9][0-9]?)"
_KEY = r"(?P<key>[0-9a-f]{16})"


@dataclass(frozen=True, slots=True)
class Offer:
    """A question that a message offers to ask, by its offsets in the message.

    The message itself holds the question, so the button works as long as the message exists.
    """

    start: int  # code points into the message's text
    end: int

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"ask:{self.start}:{self.end}"

    def question(self, text: str) -> str:
        """Return the question from the *text* of the message."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class HitRef:
    """The hit of an answer that a message shows. An unanswered question shows all its hits at once."""

    answer: str  # NotedAnswer.id
    rank: int = 1  # of the hit, from 1
    of: int = 1  # hits

    @property
    def text(self) -> str:
        """Return the reference as other buttons carry it: at most 22 bytes."""
        return f"{self.answer}:{self.rank}:{self.of}"

    @property
    def data(self) -> str:
        """Return what the button carries that leads to this hit."""
        return f"hit:{self.text}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on the hit that a message shows."""

    hit: HitRef
    verdict: Verdict

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"rate:{self.hit.text}:{self.verdict}"


@dataclass(frozen=True, slots=True)
class Follow:
    """A wish to follow the question of an answer."""

    answer: str  # NotedAnswer.id

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"follow:{self.answer}"


@dataclass(frozen=True, slots=True)
class Ending:
    """A wish to stop following a question."""

    watch: int  # Watch.id
    is_listed: bool  # the button belongs to the list of /alerts; False: to an alert

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"{'end' if self.is_listed else 'stop'}:{self.watch}"


@dataclass(frozen=True, slots=True)
class Ruling:
    """An admin's decision about an article."""

    decision: Decision
    key: str  # Article.key

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"{self.decision}:{self.key}"


@dataclass(frozen=True, slots=True)
class Fix:
    """A wish to correct an article that was sent to the bot."""

    field: Field
    key: str  # Article.key

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"fix:{self.field}:{self.key}"


@dataclass(frozen=True, slots=True)
class Sent:
    """An article that was sent to the bot: show it, or take its file out again."""

    step: SentStep
    key: str  # Article.key

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"{self.step}:{self.key}"


@dataclass(frozen=True, slots=True)
class Meant:
    """The meaning of an admin's long message; the message with the button replies to it."""

    use: Use

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"meant:{self.use}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of a list that fills one message; the message holds the words that the list is searched by."""

    list: List
    number: int = 0  # from 0; beyond the end: the last page
    words: tuple[int, int] | None = None  # code points into the message's text

    @property
    def data(self) -> str:
        """Return what the button carries."""
        words = "" if self.words is None else f":{self.words[0]}:{self.words[1]}"
        return f"{self.list}:{self.number}{words}"

    def words_in(self, text: str) -> str:
        """Return the words from the *text* of the message; "" without any."""
        return text[slice(*self.words)] if self.words else ""


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language to speak; None: the language of the person's Telegram."""

    code: str | None

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"language:{self.code or ''}"


@dataclass(frozen=True, slots=True)
class Forget:
    """A step on the way to having everything erased: ask whether to, yes, no."""

    step: ForgetStep

    @property
    def data(self) -> str:
        """Return what the button carries."""
        return f"forget:{self.step}"


@dataclass(frozen=True, slots=True)
class ArticleSpot:
    """A spot in an article, as the links and buttons carry it that open the article in the chat."""

    key: str  # Article.key
    start: int  # code points into the article's body
    is_quoted: bool = True  # an answer quotes the sentence there; False: a page begins there
    back: HitRef | None = None  # the way back to the answer; None: opened by a link

    @property
    def payload(self) -> str:
        """Return what a deep link carries; it always leads to a quoted sentence."""
        return f"{self.key}-{self.start}"

    @property
    def data(self) -> str:
        """Return what the button carries."""
        way_back = f":{self.back.text}" if self.back else ""
        return f"{'read' if self.is_quoted else 'turn'}:{self.key}:{self.start}{way_back}"


_OfReaders = Offer | HitRef | Mark | Follow | Ending | LanguageChoice | Forget | ArticleSpot
_OfAdmins = Ruling | Fix | Sent | Meant | Sheet
Button = _OfReaders | _OfAdmins


def parse(data: object) -> Button | None:
    """Return the value that a button's data stands for; None for any other text."""
    for pattern, read in _READERS:
        if match := pattern.fullmatch(str(data)):
            return read(match)
    return None


def _hit(match: re.Match[str]) -> HitRef | None:
    rank, of = int(match["rank"]), int(match["of"])
    return HitRef(match["answer"], rank, of) if rank <= of else None


def _mark(match: re.Match[str]) -> Mark | None:
    hit = _hit(match)
    return Mark(hit, cast("Verdict", match["verdict"])) if hit else None


def _sheet(match: re.Match[str]) -> Sheet:
    words = (int(match["start"]), int(match["end"])) if match["start"] else None
    return Sheet(list=cast("List", match["list"]), number=int(match["number"]), words=words)


def _spot(match: re.Match[str]) -> ArticleSpot:
    back = _hit(match) if match["answer"] else None
    return ArticleSpot(match["key"], int(match["start"]), match["verb"] == "read", back)


def _any(values: tuple[str, ...]) -> str:
    return "|".join(values)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Button | None]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (
            r"ask:(?P<start>[0-9]{1,5}):(?P<end>[0-9]{1,5})",
            lambda match: Offer(int(match["start"]), int(match["end"])),
        ),
        (rf"hit:{_HIT}", _hit),
        (rf"rate:{_HIT}:(?P<verdict>{_any(VERDICTS)})", _mark),
        (r"follow:(?P<answer>[0-9a-f]{16})", lambda match: Follow(match["answer"])),
        (
            r"(?P<verb>end|stop):(?P<watch>[0-9]{1,18})",
            lambda match: Ending(int(match["watch"]), match["verb"] == "end"),
        ),
        (
            rf"(?P<decision>{_any(get_args(Decision))}):{_KEY}",
            lambda match: Ruling(cast("Decision", match["decision"]), match["key"]),
        ),
        (
            rf"(?P<list>{_any(get_args(List))}):(?P<number>[0-9]{{1,6}})"
            r"(?::(?P<start>[0-9]{1,5}):(?P<end>[0-9]{1,5}))?",
            _sheet,
        ),
        (
            rf"fix:(?P<field>{_any(get_args(Field))}):{_KEY}",
            lambda match: Fix(cast("Field", match["field"]), match["key"]),
        ),
        (
            rf"(?P<step>{_any(get_args(SentStep))}):{_KEY}",
            lambda match: Sent(cast("SentStep", match["step"]), match["key"]),
        ),
        (rf"meant:(?P<use>{_any(get_args(Use))})", lambda match: Meant(cast("Use", match["use"]))),
        (r"language:(?P<code>[a-z]{2,3})?", lambda match: LanguageChoice(match["code"])),
        (
            rf"forget:(?P<step>{_any(get_args(ForgetStep))})",
            lambda match: Forget(cast("ForgetStep", match["step"])),
        ),
        (rf"(?P<verb>read|turn):{_KEY}:(?P<start>[0-9]{{1,9}})(?::{_HIT})?", _spot),
    )
)
