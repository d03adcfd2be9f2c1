"""Albums: Telegram sends them as single messages, but they are told as one; so are the links of a message."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from telegram import Message

from bot.handlers.admins.status import Status
from bot.reply import Reply
from retrieval.article import Article

ALBUMS_KEPT = 50  # albums; a straggler comes within seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Something to be taken in: what a message brings, or the page that a link in it leads to."""

    message: Message
    link: str | None = None


@dataclass(slots=True, kw_only=True)
class Album:
    """Things sent together, and what became of them as far as that is done."""

    status: Status
    waiting: deque[Sending] = field(default_factory=deque)
    begun: list[Callable[[], None]] = field(default_factory=list)  # each to be called when all is told
    outcomes: list[tuple[str, Reply, Article | None]] = field(default_factory=list)
    is_read: bool = False  # a task takes in what is waiting


class Albums:
    """The last albums, by Telegram's number."""

    def __init__(self) -> None:
        self._albums: OrderedDict[str, Album] = OrderedDict()

    def of(self, message: Message) -> Album | None:
        """Return the album that *message* belongs to, if an earlier message of it is known."""
        return self._albums.get(message.media_group_id or "")

    def begin(self, message: Message, status: Status) -> Album:
        """Return a new album for *message*; one without a number is forgotten at once."""
        album = Album(status=status)
        if message.media_group_id:
            self._albums[message.media_group_id] = album
        while len(self._albums) > ALBUMS_KEPT:
            self._albums.popitem(last=False)
        return album
