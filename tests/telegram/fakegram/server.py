"""FakeTelegram: the state of one bot's Telegram, the people in its chats, and what the bot did."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import math
import random
import re
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Coroutine
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from .endpoints import build_app
from .markup import cut, detect, lint
from .methods import HANDLERS, NAMES, acknowledge, inline_content, open_chat
from .model import (
    ApiError,
    BotSettings,
    Call,
    Chat,
    Fault,
    Files,
    Injected,
    Json,
    Limits,
    Params,
    Query,
    Upload,
    bad,
)
from .rules import FILE_FIELDS, FILE_RESULTS, MEMBER_RESULTS, decode, refusals
from .schema import find_schema, read_schema

OPT_IN = {"chat_member", "message_reaction", "message_reaction_count"}  # update types a bot must ask for
SENDING = re.compile(r"(send(?!ChatAction)|copy|forward|edit)")
OUTSIDE = {"left": "bot is not a member of", "kicked": "bot was kicked from"}


class FakeTelegram:
    """One bot's view of Telegram: state, the people's side, and the HTTP server.

    ``schema`` is the path of a Bot API schema, None for none, or "auto" for what find_schema() finds.
    ``strict`` (True) refuses requests with schema complaints; else they are only listed in Call.lint.
    ``query_ttl`` (endless) is how many seconds a query can be answered.
    """

    def __init__(
        self,
        token: str = "123456:FAKE",
        username: str = "fake_bot",
        schema: Path | str | None = "auto",
        settings: BotSettings | None = None,
    ) -> None:
        path = find_schema() if schema == "auto" else schema
        self.schema = read_schema(Path(path)) if path else None
        self.settings = settings or BotSettings()
        self.token, self.strict, self.query_ttl = token, True, math.inf
        self.me: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Fake",
            "username": username,
        }
        self.limits: Limits | None = None
        self.url, self.tasks = "", set[asyncio.Task[None]]()
        self.runner: web.AppRunner | None = None
        self.client: ClientSession | None = None
        self.update_ids, self.polls, self.conflicts, self.logged_out = count(1000), 0, 0, False
        self.profile: dict[str, Any] = {}
        self.webhook: Json = {}
        self.allowed: set[str] | None = None
        self.poller: asyncio.Future[bool] | None = None
        self.news = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """Forget every chat, message, file, update, fault and recorded call; the bot may keep running."""
        self.chats: dict[int, Chat] = {}
        self.store: dict[tuple[int, int], Json] = {}
        self.inline_messages: dict[str, Json] = {}
        self.offers: list[tuple[Query, Json]] = []
        self.files: dict[str, Upload] = {}
        self.paths: dict[str, str] = {}
        self.calls: list[Call] = []
        self.injected: list[Injected] = []
        self.withheld: list[Json] = []
        self.queue: list[Injected] = []
        self.faults: list[Fault] = []
        self.queries: dict[str, Query] = {}
        self.people: set[int] = set()
        self.meant: set[tuple[int, int]] = set()
        self.windows: dict[Any, deque[float]] = defaultdict(deque)
        self.ids, self.counters = count(1), defaultdict[int, Any](lambda: count(1))

    # ---- the people's side: every method below that makes an update puts it on its way and returns it

    def add_chat(self, chat_id: int, type: str = "", **fields: Any) -> Chat:  # noqa: A002
        """Create a chat (private for a positive id, else a group), or change the fields of one."""
        kind = type or (
            "private" if chat_id > 0 else "supergroup" if str(chat_id).startswith("-100") else "group"
        )
        default: Json = {"first_name": f"User{chat_id}"} if kind == "private" else {"title": f"Chat{chat_id}"}
        chat = self.chats.setdefault(chat_id, Chat(chat_id, kind, default, {self.me["id"]: "member"}))
        chat.fields.update(fields)
        return chat

    def add_topic(self, chat_id: int, name: str = "Topic", topic: int = 0) -> int:
        """Open a forum topic in a chat; return its message_thread_id, never 1 (General, no topic to bots)."""
        chat = self.add_chat(chat_id)
        while topic <= 1:
            topic = self.next_number(chat)
        chat.topics[topic] = name
        if chat.type != "private":
            chat.fields["is_forum"] = True
        return topic

    def push(self, kind: str, body: Json, chat_id: int = 0) -> Json:
        """Send the bot an update, unless it did not ask for this kind (then it is in ``withheld``)."""
        update = {"update_id": next(self.update_ids), kind: body}
        item = Injected(update, chat_id, time.monotonic())
        if (kind in self.allowed) if self.allowed else (kind not in OPT_IN):
            self.injected.append(item)
            self.queue.append(item)
            if self.webhook:
                self.spawn(self.deliver(item, self.webhook))
            else:
                self.end_poll()
        else:
            self.withheld.append(update)
        return update

    def offer(self, wanted: bool, kind: str, body: Json, chat_id: int) -> Json:
        """Push an update if the bot is meant to have it, else put it among those withheld."""
        if wanted:
            return self.push(kind, body, chat_id)
        self.withheld.append({"update_id": next(self.update_ids), kind: body})
        return self.withheld[-1]

    def user(self, user_id: int) -> Json:
        """The User object of a person; their private chat's fields name them."""
        fields = self.chats[user_id].fields if user_id in self.chats else {"first_name": f"User{user_id}"}
        return {"id": user_id, "is_bot": False, "language_code": "en", **fields}

    def sees(self, chat: Chat, message: Json) -> bool:
        """Whether the bot gets a message: never if it is not in the group, else by its privacy mode."""
        status = chat.members.get(self.me["id"], "left")
        if chat.type not in ("group", "supergroup"):
            return True
        if status in OUTSIDE:
            return False
        return (
            not self.settings.privacy
            or status in ("administrator", "creator")
            or self.is_meant(chat, message)
        )

    def is_meant(self, chat: Chat, message: Json) -> bool:
        """Whether a group message is for this bot: core.telegram.org/bots/features#privacy-mode."""
        text: str = message.get("text") or message.get("caption") or ""
        entities: list[Json] = message.get("entities") or message.get("caption_entities") or []
        reply, mention = message.get("reply_to_message", {}), "@" + self.me["username"].lower()
        author = reply.get("from", {})
        if author.get("is_bot"):  # replies come first: one to another bot is for that bot alone
            return bool(author["id"] == self.me["id"])
        command = next(
            (cut(text, e) for e in entities if e["type"] == "bot_command" and e["offset"] == 0), ""
        )
        named = "@" + command.partition("@")[2].lower() if "@" in command else ""
        mentioned = any(e["type"] == "mention" and cut(text, e).lower() == mention for e in entities)
        return (
            message.get("via_bot", {}).get("id") == self.me["id"]
            or (chat.id, reply.get("message_id")) in self.meant
            or named == mention
            or (bool(command) and not named and chat.last_bot in (None, self.me["id"]))
            or (mentioned and self.settings.mentions_pass)
        )

    def _incoming(
        self, chat_id: int, user_id: int | None, content: Json, reply_to: int | None = None, topic: int = 0
    ) -> Json:
        chat, sender = self.add_chat(chat_id), user_id or chat_id
        chat.members.setdefault(sender, "member")
        self.people.add(sender)
        target = self.store[chat_id, reply_to] if reply_to else {}
        content = content | ({"reply_to_message": target} if target else {})
        if topic or (topic := target.get("message_thread_id", 0)):
            chat.topics.setdefault(topic, f"Topic {topic}")
            content |= {"message_thread_id": topic, "is_topic_message": True}
        chat.last_topic = topic
        message = self.add_message(chat, self.user(sender), content)
        if wanted := self.sees(chat, message):
            self.meant.add((chat_id, message["message_id"]))
        return self.offer(wanted, "message", dict(message), chat_id)

    def send_text(
        self, text: str, chat_id: int = 1, user_id: int | None = None, reply_to: int | None = None,
        topic: int = 0, **extra: Any,
    ) -> Json:  # fmt: skip
        """A person writes, in a forum ``topic`` if need be; commands and mentions get their entities."""
        entities = extra.pop("entities", None) or detect(text, [])
        content = {"text": text, **({"entities": entities} if entities else {}), **extra}
        return self._incoming(chat_id, user_id, content, reply_to, topic)

    def send_file(
        self, data: bytes | str, chat_id: int = 1, kind: str = "document", name: str = "file.txt",
        mime: str = "text/plain", user_id: int | None = None, caption: str = "", **extra: Any,
    ) -> Json:  # fmt: skip
        """A person sends a document, photo, voice...; over HTTP the data is base64."""
        raw = base64.b64decode(data) if isinstance(data, str) else data
        content = {
            kind: self.add_file(kind, Upload(raw, name, mime)),
            **({"caption": caption} if caption else {}),
            **extra,
        }
        return self._incoming(chat_id, user_id, content)

    def send_post(self, text: str, chat_id: int, **extra: Any) -> Json:
        """A channel posts; a post with a ``message_id`` that it has already is edited."""
        chat = self.add_chat(chat_id, type="channel")
        old = self.store.get((chat_id, extra.get("message_id", 0)))
        if old is None:
            post = self.add_message(chat, {}, {"sender_chat": chat.info, "text": text, **extra})
            del post["from"]
            return self.push("channel_post", dict(post), chat_id)
        old.update(text=text, edit_date=int(time.time()), **extra)
        return self.push("edited_channel_post", dict(old), chat_id)

    def edit_text(self, chat_id: int, message_id: int, text: str) -> Json:
        """A person edits a message of theirs."""
        message = self.store[chat_id, message_id]
        message.update(text=text, entities=detect(text, []), edit_date=int(time.time()))
        return self.offer(self.sees(self.chats[chat_id], message), "edited_message", dict(message), chat_id)

    def press(
        self, data: str, chat_id: int = 0, message_id: int | None = None, user_id: int | None = None,
        inline_message_id: str = "",
    ) -> Json:  # fmt: skip
        """A person presses the button with this data or label, on this or the chat's latest message with it.

        With ``inline_message_id``, the button of an inline message or guest message.
        """
        messages = [m for (c, i), m in self.store.items() if c == chat_id and message_id in (None, i)]
        messages = [self.inline_messages[inline_message_id]] if inline_message_id else messages
        for message in reversed(messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if data in (button.get("callback_data"), button["text"]) and "callback_data" in button:
                        where = (
                            {"inline_message_id": inline_message_id}
                            if inline_message_id
                            else {"message": message}
                        )
                        return self.press_raw(
                            button["callback_data"], where, user_id or chat_id or 1, chat_id
                        )
        raise LookupError(f"no button {data!r} in {inline_message_id or f'chat {chat_id}'}")

    def press_raw(self, data: str, where: Json, user_id: int, chat_id: int = 0) -> Json:
        """A callback with any data; ``where`` is {"message": ...} or {"inline_message_id": ...}."""
        query = self._query(Query("callback", user_id, time.monotonic(), data, chat_id))
        return self.push(
            "callback_query", query | dict(where) | {"chat_instance": str(chat_id), "data": data}, chat_id
        )

    def inline_query(self, query: str, user_id: int = 1, offset: str = "", chat_type: str = "sender") -> Json:
        """A person types ``@bot query`` in some chat."""
        body = self._query(Query("inline", user_id, time.monotonic(), query))
        body |= {"query": query, "offset": offset, "chat_type": chat_type}
        return self.offer(self.settings.inline, "inline_query", body, user_id)

    def choose(self, result_id: str, user_id: int = 1, chat_id: int = 0) -> str:
        """A person sends one of the inline results that the bot offered them; return the inline_message_id.

        The bot gets a chosen_inline_result (with the id only if the message has a keyboard, as on Telegram)
        if BotSettings.inline_feedback is on, and the message itself if ``chat_id`` is a chat it is in.
        """
        mine = [(query, r) for query, r in self.offers if query.user_id == user_id and r["id"] == result_id]
        if not mine:
            raise LookupError(f"no inline result {result_id!r} for user {user_id}")
        query, result = mine[-1]
        content = inline_content(self, result) | {"via_bot": self.me}
        chat = self.add_chat(chat_id) if chat_id else None
        number = self.add_inline_message(content, chat, self.user(user_id))
        chosen = {"result_id": result_id, "from": self.user(user_id), "query": query.text}
        chosen |= {"inline_message_id": number} if "reply_markup" in content else {}
        self.offer(self.settings.inline_feedback, "chosen_inline_result", chosen, user_id)
        if chat:
            message = self.inline_messages[number]
            self.people.add(user_id)
            self.offer(self.sees(chat, message), "message", dict(message), chat.id)
        return number

    def guest_text(self, text: str, chat_id: int, user_id: int = 1, reply_to: int | None = None) -> Json:
        """A person mentions the bot in a group that it is not in, or replies there to a message of its."""
        chat = self.add_chat(chat_id)
        if chat.members[self.me["id"]] == "member" and not any(c == chat_id for c, _ in self.store):
            self.outside(chat, "left")
        if chat.members[self.me["id"]] not in OUTSIDE or chat.type == "private":
            raise ValueError("guest messages come from groups that the bot is not in")
        query = Query("guest", user_id, time.monotonic(), text, chat_id)
        query_id = self._query(query)["id"]
        entities = detect(text, [])
        content: Json = {
            "text": text,
            **({"entities": entities} if entities else {}),
            "guest_query_id": query_id,
        }
        content |= {"reply_to_message": self.store[chat_id, reply_to]} if reply_to else {}
        message = self.add_message(chat, self.user(user_id), content)
        query.message_id = message["message_id"]
        return self.offer(self.settings.guest, "guest_message", dict(message), chat_id)

    def _query(self, query: Query) -> Json:
        query_id = str(10**17 + next(self.ids))
        self.queries[query_id] = query
        return {"id": query_id, "from": self.user(query.user_id)}

    def member(self, chat_id: int, status: str, user_id: int | None = None) -> Json:
        """The bot's own status changes: "kicked" blocks it (in a private chat, the person blocked it)."""
        chat, old = self.add_chat(chat_id), self.add_chat(chat_id).members[self.me["id"]]
        self.outside(chat, status)
        body = {"chat": chat.info, "from": self.user(user_id or abs(chat_id)), "date": int(time.time())}
        pair = {
            "old_chat_member": self.member_info(self.me, old),
            "new_chat_member": self.member_info(self.me, status),
        }
        return self.push("my_chat_member", body | pair, chat_id)

    def outside(self, chat: Chat, status: str) -> None:
        """Set the bot's status in a chat, and with it whether the bot may write there; makes no update."""
        chat.members[self.me["id"]] = status
        words = f"{OUTSIDE.get(status)} the {chat.type} chat"
        chat.refusal = "" if status not in OUTSIDE else words
        if chat.refusal and chat.type == "private":
            chat.refusal = "bot was blocked by the user"

    def configure(self, **settings: bool) -> BotSettings:
        """Change what the bot's owner set with @BotFather: privacy, inline, guest..."""
        for name, value in settings.items():
            if not hasattr(self.settings, name):
                raise LookupError(f"no setting {name}")
            setattr(self.settings, name, value)
        return self.settings

    def fault(self, kind: str, **fields: Any) -> Fault:
        """Arm a fault; ``times=-1`` keeps it until reset() or until it is removed from ``faults``."""
        self.faults.append(Fault(kind, **fields))
        return self.faults[-1]

    def limit(self, on: bool = True, **fields: Any) -> None:
        """Switch Telegram's sending limits on or off."""
        self.limits = Limits(**fields) if on else None

    # ---- what the bot did

    def sent(
        self, method: str | None = None, chat_id: int | None = None, text: str | None = None
    ) -> list[Call]:
        """The calls that match, refused ones included."""
        return [
            call for call in self.calls
            if (method is None or call.method.lower() == method.lower())
            and (chat_id is None or call.chat_id == chat_id) and (text is None or text in call.text)
        ]  # fmt: skip

    async def wait(
        self, method: str | None = None, times: int = 1, timeout: float = 30.0, **match: Any
    ) -> list[Call]:
        """Wait until the bot has made so many matching calls."""
        async with asyncio.timeout(timeout):
            while len(found := self.sent(method, **match)) < times:
                self.news.clear()
                await self.news.wait()
        return found

    async def ready(self, timeout: float = 30.0) -> None:
        """Wait until the bot polls or has set a webhook."""
        polls = self.polls
        async with asyncio.timeout(timeout):
            while self.polls <= polls and not self.webhook and not (self.poller and not self.poller.done()):
                self.news.clear()
                await self.news.wait()

    def messages(self, chat_id: int) -> list[Json]:
        """A chat as its people see it now, edits and deletions applied."""
        return [message for (chat, _), message in self.store.items() if chat == chat_id]

    def latencies(self, method: str = "sendMessage") -> list[float]:
        """Seconds from each injected update to the bot's answer: the same text if echoed, else in order."""
        waiting: dict[int, list[Injected]] = defaultdict(list)
        for item in self.injected:
            waiting[item.chat_id].append(item)
        found = []
        for call in self.sent(method):
            mine = [item for item in waiting[call.chat_id] if item.at <= call.at]
            same = [item for item in mine if item.update.get("message", {}).get("text") == call.text]
            for item in (same or mine)[:1]:
                waiting[call.chat_id].remove(item)
                found.append(call.at - item.at)
        return found

    # ---- the bot's side

    async def execute(self, name: str, raw: Json, files: Files, at: float | None = None) -> Any:
        """Run one request of the bot and record it (getUpdates is only counted)."""
        call = Call(name, raw, at or time.monotonic(), files)
        try:
            call.result = await self._dispatch(call)
        except ApiError as error:
            call.error = error.description
            raise
        finally:
            self.record(call)
        return call.result

    def record(self, call: Call) -> None:
        """Keep a call, and wake those who wait for one."""
        call.done = time.monotonic()
        if call.method.lower() == "getupdates":
            self.polls += 1
            self.conflicts += call.error.startswith("Conflict")
        else:
            self.calls.append(call)
        self.news.set()

    async def _dispatch(self, call: Call) -> Any:
        key = call.method.lower()
        spec = self.schema.methods.get(key) if self.schema else None
        name = NAMES.get(key) or (spec["name"] if spec else "")
        if not name:
            hint = "" if self.schema else " (fakegram: not implemented, and there is no schema)"
            raise ApiError(404, f"Not Found: method not found{hint}")
        if self.logged_out:
            raise ApiError(400, "Logged out")
        call.method = name
        known = {f["name"] for f in spec.get("fields", [])} if spec else FILE_FIELDS
        raw = call.params | {name: f"attach://{name}" for name in call.files if name in known}
        values = self.schema.decode(spec, raw) if self.schema and spec else decode(raw)
        p = call.params = Params(values, name, call.files)
        refused = refusals(name, p)
        complaints = self.schema.check_call(spec, p) if self.schema and spec else []
        problems = sorted(refused + complaints, key=lambda text: text.startswith("fakegram:"))
        call.lint = problems + lint(call.text, p.get("parse_mode"))
        if problems and (self.strict or not problems[0].startswith("fakegram:")):
            raise bad(problems[0])
        if self.limits and SENDING.match(name) and call.chat_id:
            self._throttle(open_chat(self, call.chat_id), self.limits)
        try:
            handler = HANDLERS.get(key)
            result = handler(self, p) if handler else acknowledge(self, spec or {}, p)
            result = await result if asyncio.iscoroutine(result) else result
        except (
            KeyError,
            TypeError,
            AttributeError,
            ValueError,
        ) as error:  # parameters of a shape no handler expects
            raise bad(f"fakegram: {name}: cannot make sense of the parameters: {error!r}") from error
        self._lint_topic(call, result)
        return result

    def _lint_topic(self, call: Call, result: Any) -> None:
        """Note when a bot answers in another topic of a forum than the one last written in."""
        first = result[0] if isinstance(result, list) and result else result
        chat = self.chats.get(first["chat"]["id"]) if isinstance(first, dict) and "chat" in first else None
        if chat and chat.topics and call.method.startswith("send"):
            topic = first.get("message_thread_id", 0)
            if topic != chat.last_topic:
                went, came = (f"topic {n}" if n else "General" for n in (topic, chat.last_topic))
                call.lint.append(f"topic: sent to {went}, but the last message came from {came}")

    def _throttle(self, chat: Chat, limits: Limits) -> None:
        rules = [
            (chat.id, limits.chat_burst, float(limits.chat_burst)),
            ("all", limits.overall_per_second, 1.0),
        ]
        if chat.type != "private":
            rules.append((f"group {chat.id}", limits.group_per_minute, 60.0))
        now, pause = time.monotonic(), 0.0
        for key, most, seconds in rules:
            window = self.windows[key]
            while window and window[0] <= now - seconds:
                window.popleft()
            pause = max(pause, window[0] + seconds - now if len(window) >= most else 0.0)
        if pause:
            raise ApiError(
                429, f"Too Many Requests: retry after {math.ceil(pause)}", retry_after=math.ceil(pause)
            )
        for key, _, _ in rules:
            self.windows[key].append(now)

    def next_number(self, chat: Chat) -> int:
        """The next message id: supergroups and channels count for themselves, all other chats together."""
        return int(next(self.counters[chat.id if chat.type in ("supergroup", "channel") else 0]))

    def add_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat."""
        number = self.next_number(chat)
        head: Json = {"message_id": number, "from": sender, "chat": chat.info, "date": int(time.time())}
        self.store[chat.id, number] = head | content
        return self.store[chat.id, number]

    def add_inline_message(self, content: Json, chat: Chat | None, sender: Json) -> str:
        """Register an inline message, in a chat of ours or somewhere unknown to the bot; return its id."""
        number = f"inline-{next(self.ids)}"
        self.inline_messages[number] = self.add_message(chat, sender, content) if chat else dict(content)
        return number

    def add_file(self, kind: str, upload: Upload, file_id: str = "") -> Any:
        """Register a file; return its PhotoSizes, Document, Voice..."""
        file_id = file_id or f"{kind}-{next(self.ids)}"
        self.files[file_id] = upload
        self.paths[file_id] = f"{kind}s/{file_id}{Path(upload.name).suffix}"
        base = {"file_id": file_id, "file_unique_id": "u" + file_id, "file_size": len(upload.data)}
        if kind == "photo":
            return [base | {"width": 90, "height": 60}, base | {"width": 900, "height": 600}]
        named = {"file_name": upload.name, "mime_type": upload.mime} if kind == "document" else {}
        return FILE_RESULTS[kind] | base | named

    def member_info(self, user: Json, status: str) -> Json:
        """The ChatMember object of a user."""
        return MEMBER_RESULTS[status] | {"user": user, "status": status}

    def end_poll(self, error: ApiError | None = None) -> None:
        """End the long poll under way, if there is one."""
        if self.poller and not self.poller.done():
            self.poller.set_exception(error) if error else self.poller.set_result(True)

    # ---- the server

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something in the background until stop()."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def deliver(self, item: Injected, hook: Json) -> None:
        """Post one update to the webhook: in order within a chat, with retries, while the webhook stands."""
        headers = (
            {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]} if hook.get("secret_token") else {}
        )
        async with hook["locks"][item.chat_id], hook["slots"]:
            for attempt in count():
                if self.webhook is not hook or item not in self.queue or not self.client:
                    return
                item.delivered = item.delivered or time.monotonic()
                try:
                    async with self.client.post(hook["url"], json=item.update, headers=headers) as response:
                        reply, error = (
                            await response.read(),
                            f"Wrong response from the webhook: {response.status}",
                        )
                        if response.status < 300:
                            break
                except (ClientError, TimeoutError) as exception:
                    error = str(exception) or "Read timeout expired"
                hook["error"] = {"last_error_date": int(time.time()), "last_error_message": error}
                await asyncio.sleep(min(0.1 * 2**attempt, 5.0))
        if item in self.queue:
            self.queue.remove(item)
        with contextlib.suppress(ValueError, ApiError):  # a webhook may answer with a method call
            answer = json.loads(reply or b"{}")
            if method := answer.pop("method", ""):
                await self.execute(method, answer, {})

    def fault_for(self, name: str, raw: Json) -> Fault | None:
        """The fault that hits this request, if one does."""
        for fault in self.faults:
            chat_matches = fault.chat_id is None or str(fault.chat_id) == str(raw.get("chat_id"))
            named = (
                fault.method == "*" and name.lower() != "getupdates"
            ) or fault.method.lower() == name.lower()
            if fault.times and named and chat_matches and random.random() < fault.chance:
                fault.times -= 1
                return fault
        return None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 picks a free one."""
        self.client = ClientSession(timeout=ClientTimeout(total=60))
        self.runner = web.AppRunner(build_app(self), access_log=None, shutdown_timeout=0.2)
        await self.runner.setup()
        await web.TCPSite(self.runner, host, port).start()
        self.url = f"http://{host}:{self.runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Stop listening and end what is under way."""
        self.end_poll()
        for task in list(self.tasks):
            task.cancel()
        if self.client and self.runner:
            await self.client.close()
            await self.runner.cleanup()

    @contextlib.asynccontextmanager
    async def running(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[FakeTelegram]:
        """Start, and stop at the end of the block."""
        await self.start(host, port)
        try:
            yield self
        finally:
            await self.stop()
