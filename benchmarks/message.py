"""Print what a message costs beside its search, by stage, in the process that talks with Telegram.

    PYTHONPATH=tests/telegram python -m benchmarks.message [--messages 300]

`make talk` runs it. One after the other, messages are read as Telegram sends them, written down, answered by
a worker, handed to Telegram's library and noted. Milliseconds are processor time of the thread that does it,
a stage without the stages inside it; the least of three rounds counts. Connections, the event loop and its
threads come on top: ``benchmarks.conversation`` tells the time of whole processes. Ask more than 256: so many
answers are remembered.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from benchmarks.conversation import prepared
from benchmarks.stages import Stages, Watch, show
from bot import render
from bot.application import leave_unguarded
from bot.buttons import HitRef
from bot.conversation import asides, replies, smalltalk
from bot.language import Languages, Texts
from bot.links import Links
from bot.startup import lexicon, wordings
from bot.transport.sending import send
from retrieval.collection.collection import Collection
from retrieval.journal.journal import NotedAnswer

LEAST = timedelta(minutes=15)
ASKED: Stages = (
    ("small talk, manners", ((smalltalk, "recognise"),)),
    ("asides", ((asides, "recognise"),)),
    ("have a worker search", ((Collection, "ask"),)),
    ("make a message", ((render, "answer"),)),
)
_numbers = count(1)


class Void(BaseRequest):
    """Takes whatever is sent, and says what Telegram would."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any) -> Any:
        """Send the text back as the message that was sent; ``Connection`` leaves out all else."""
        del url, method
        message = _message(request_data.parameters["text"])
        return 200, json.dumps({"ok": True, "result": message}).encode()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.message")
    parser.add_argument("--messages", type=int, default=300, metavar="N")
    wanted: int = parser.parse_args().messages
    leave_unguarded()
    with tempfile.TemporaryDirectory() as folder, closing(_opened(Path(folder))) as collection:
        questions = prepared(collection, [Path("data/articles")])[:wanted]
        collection.prepare()
        handle = partial(_handle, collection, ExtBot("1:A", request=Void()), asyncio.new_event_loop())
        show("messages", [partial(handle, question) for question in questions], ASKED)


def _opened(folder: Path) -> Collection:
    (folder / "none").mkdir()
    return Collection.open(
        database_url=f"sqlite:///{folder}/hoibao.db",
        index_dir=folder / "index",
        articles_dir=folder / "none",
        lexicon=lexicon(),
        workers=1,
        **wordings(),
    )


def _handle(
    collection: Collection, bot: ExtBot[None], loop: asyncio.AbstractEventLoop, question: str, watch: Watch
) -> None:
    """Do for a message what the bot does, by the same functions."""
    key, now = str(next(_numbers)), datetime.now(UTC)

    def timed(stage: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return watch.timed(stage, function)(*args, **kwargs)

    told = {"update_id": int(key), "message": _message(question)}
    update, record = timed("read", Update.de_json, told, bot), json.dumps(told)
    claim = ("update", key)
    write, notes = collection.memory.write, {("arrived", key): record}
    timed("write down, by itself", write, claims=[claim], if_new={claim: notes})
    timed("read notes", collection.memory.under, key, ("asked", "shown"), since=now - LEAST)
    exchange = replies.answer(collection, _texts(), question, Links(username="hoibao_bot"), answer_id=key)
    timed("send", lambda: loop.run_until_complete(send(exchange.reply, to=update.message)))
    values = {("asked", key): question, ("shown", key): HitRef(key).data}
    timed("note, by itself", write, notes=values, gone=[("arrived", key)])
    if exchange.answer is not None:
        noted = NotedAnswer.of(exchange.answer, id=key, asker="7", chat="7", at=now, seconds=0.0)
        timed("note in the journal, by itself", collection.journal.note, [noted])


@cache
def _texts() -> Texts:
    return Languages("vi", ZoneInfo("Asia/Ho_Chi_Minh")).of(None)


def _message(text: str) -> dict[str, Any]:
    person = {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
    chat = {"id": 7, "type": "private", "first_name": "Lan"}
    return {"message_id": 1, "from": person, "chat": chat, "date": 1_790_000_000, "text": text}


if __name__ == "__main__":
    main()
