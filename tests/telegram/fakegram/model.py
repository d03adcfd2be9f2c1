"""What the emulator is made of: chats, files, the bot's calls, updates on their way, faults and refusals."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """A refusal, as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> Json:
        """The response's JSON."""
        extra = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description, **extra}


def bad(text: str) -> ApiError:
    """A 400; as on the real server in lower case first, unless it is a code (BUTTON_DATA_INVALID)."""
    code_like = len(text) > 1 and (text[1] == "_" or text[1].isupper())
    return ApiError(400, "Bad Request: " + (text if code_like else text[:1].lower() + text[1:]))


@dataclass
class Upload:
    """A file, from either side."""

    data: bytes
    name: str
    mime: str = "application/octet-stream"


Files = dict[str, Upload]


class Params(dict[str, Any]):
    """The decoded parameters of a request, with its method's name and the files that came along."""

    def __init__(self, values: Json, method: str, files: Files) -> None:
        super().__init__(values)
        self.method, self.files = method, files


@dataclass
class Chat:
    """A chat.  ``refusal``: the 403 text where the bot may not write; ``last_bot`` wrote in it last."""

    id: int
    type: str
    fields: Json
    members: dict[int, str] = field(default_factory=dict)
    refusal: str = ""
    migrated_to: int = 0
    topics: dict[int, str] = field(default_factory=dict)
    last_topic: int = 0
    last_bot: int | None = None

    @property
    def info(self) -> Json:
        """The Chat object of a message."""
        return {"id": self.id, "type": self.type, **self.fields}


@dataclass
class BotSettings:
    """What a bot's owner sets with @BotFather.

    ``privacy`` is off here and on for a new bot of Telegram's: switch it on to test what a bot sees in
    groups.
    ``mentions_pass`` lets a plain @mention through in privacy mode.  Telegram's documentation does not list
    mentions among what such a bot receives, BotFather's own words do, and in practice they do not arrive.
    """

    privacy: bool = False
    mentions_pass: bool = False
    join_groups: bool = True
    inline: bool = True
    inline_feedback: bool = True
    guest: bool = True


@dataclass
class Call:
    """One request of the bot, with its outcome and the clock (time.monotonic) when it came and was answered.

    ``lint`` lists what is wrong or suspicious about it: schema complaints (``fakegram: ...``), text that
    looks unescaped, and answers that went to another forum topic than the question.
    """

    method: str
    params: Json
    at: float
    files: Files = field(default_factory=dict)
    result: Any = None
    error: str = ""
    done: float = 0.0
    lint: list[str] = field(default_factory=list)

    @property
    def chat_id(self) -> Any:
        """The chat that the request names, if it does."""
        return self.params.get("chat_id")

    @property
    def text(self) -> str:
        """The text or caption that the request sends, before its markup is parsed."""
        return str(self.params.get("text", self.params.get("caption", "")))


@dataclass(eq=False)
class Injected:
    """One update on its way to the bot."""

    update: Json
    chat_id: int
    at: float
    delivered: float = 0.0


@dataclass
class Query:
    """A query that the bot can answer once: kind is callback, inline or guest."""

    kind: str
    user_id: int
    at: float
    text: str = ""
    chat_id: int = 0
    message_id: int = 0


@dataclass
class Fault:
    """A failure to inject: ``kind`` is drop, drop_after (handled, but the answer is lost), delay or error;
    or garbage (handled, but the answer is *text*)."""

    kind: str
    method: str = "*"
    code: int = 500
    seconds: float = 0.0
    times: int = 1
    chance: float = 1.0
    chat_id: int | None = None
    text: str = ""

    def error(self) -> ApiError:
        """The refusal that an error fault stands for."""
        if self.code == 429:
            wait = math.ceil(self.seconds) or 1
            return ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        usual = {
            400: "Bad Request",
            401: "Unauthorized",
            403: "Forbidden: bot was blocked by the user",
            409: f"Conflict: {TWO_POLLERS}",
            500: "Internal Server Error",
        }
        return ApiError(self.code, self.text or usual.get(self.code, "Error"))


@dataclass
class Limits:
    """Telegram's sending limits; one chat takes a burst at once, then one message a second."""

    chat_burst: int = 1
    group_per_minute: int = 20
    overall_per_second: int = 30


TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
