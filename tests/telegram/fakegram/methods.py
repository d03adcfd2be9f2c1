"""The Bot API methods as the server answers them: one handler a method, or a family of methods."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .markup import format_text, u16
from .model import TOO_OLD, TWO_POLLERS, ApiError, Chat, Files, Json, Params, Query, Upload, bad
from .rules import CHAT_RESULT, FILE_KINDS, REACTIONS

if TYPE_CHECKING:
    from .server import FakeTelegram

ACTIONS = {
    *("typing", "choose_sticker", "find_location", "record_video", "record_voice", "record_video_note"),
    *("upload_photo", "upload_video", "upload_voice", "upload_document", "upload_video_note"),
}
IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"II*\0", b"MM\0*")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
SETTINGS = {
    "ChatMenuButton": "menu_button",
    "MyName": "name",
    "MyDescription": "description",
    "MyShortDescription": "short_description",
}
WEBHOOK_ON = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
# Types of inline results, where not the file's kind.
INLINE_FILES = {"gif": "animation", "mpeg4_gif": "animation"}
# A field that tells the kind.
INLINE_CONTENT = {"phone_number": "contact", "prices": "invoice", "address": "venue"}

Handler = Callable[["FakeTelegram", Params], Any]
HANDLERS: dict[str, Handler] = {}
NAMES: dict[str, str] = {}


def handles(*methods: str) -> Callable[[Handler], Handler]:
    """Register a handler for Bot API methods."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update({method.lower(): handler for method in methods})
        NAMES.update({method.lower(): method for method in methods})
        return handler

    return register


# ---- what handlers share


def open_chat(fake: FakeTelegram, chat_id: Any, reading: bool = False) -> Chat:
    """The chat to act in or to read about, if the bot may."""
    public = (c for c in fake.chats.values() if c.type != "private" and "username" in c.fields)
    chat = fake.chats.get(chat_id) or next((c for c in public if "@" + c.fields["username"] == chat_id), None)
    if not chat and chat_id in fake.people:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if not chat:
        raise bad("Chat not found")
    if chat.migrated_to and not reading:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, migrate_to_chat_id=chat.migrated_to)
    if chat.refusal and not (reading and chat.type == "private"):
        raise ApiError(403, f"Forbidden: {chat.refusal}")
    return chat


def find(fake: FakeTelegram, p: Json, purpose: str, chat_key: str = "chat_id") -> tuple[Chat, Json]:
    """The chat and the message that a request names, or "message to <purpose> not found"."""
    chat = open_chat(fake, p[chat_key])
    message = fake.store.get((chat.id, p.get("message_id", 0)))
    if not message:
        raise bad(f"Message to {purpose} not found")
    return chat, message


def text_of(p: Json, key: str = "text", most: int = 4096) -> Json:
    """Text or caption with its entities.  Lengths count UTF-16 units, the stricter "characters"."""
    entities_key = "caption_entities" if key == "caption" else "entities"
    text, entities = format_text(p.get(key, ""), p.get("parse_mode"), p.get(entities_key), key == "text")
    if u16(text) > most:
        raise bad("Message caption is too long" if key == "caption" else "Message is too long")
    return {name: value for name, value in ((key, text), (entities_key, entities)) if value}


def caption_of(p: Json) -> Json:
    """The caption with its entities, if there is one."""
    return text_of(p, "caption", 1024) if "caption" in p else {}


def keyboard_of(p: Json) -> Json:
    """Check an inline keyboard; only inline keyboards stay on a message."""
    rows = p.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise bad("Inline keyboard button text must be non-empty")
        if not any(
            button[key] != "" for key in button if key not in ("text", "style", "icon_custom_emoji_id")
        ):
            raise bad("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        url = button.get("url", "")
        if url and not re.match(r"(?:https?|tg|ton)://[^\s/]|[\w-]+(?:\.[\w-]+)+", url):
            raise bad(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if sum(map(len, rows)) > 100:
        raise bad("Reply markup is too long")
    return {"reply_markup": p["reply_markup"]} if rows else {}


def topic_of(chat: Chat, asked: int, target: Json | None) -> Json:
    """The forum topic that a message goes to: the one asked for, else the one of the message replied to."""
    if asked and asked not in chat.topics and (chat.type == "private" or chat.fields.get("is_forum")):
        raise bad("Message thread not found")
    same_chat = target and target["chat"]["id"] == chat.id
    topic = (
        asked if asked in chat.topics else target.get("message_thread_id", 0) if target and same_chat else 0
    )
    return {"message_thread_id": topic, "is_topic_message": True} if topic else {}


def send(fake: FakeTelegram, p: Json, content: Json) -> Json:
    """Put a message of the bot's into a chat."""
    keyboard, chat, reply = keyboard_of(p), open_chat(fake, p["chat_id"]), p.get("reply_parameters", {})
    target = fake.store.get((reply.get("chat_id", chat.id), reply.get("message_id", 0)))
    if reply and not target and not reply.get("allow_sending_without_reply"):
        raise bad("Message to be replied not found")
    quoted = {k: v for k, v in target.items() if k != "reply_to_message"} if target else {}
    content = content | topic_of(chat, p.get("message_thread_id", 0), target) | keyboard
    chat.last_bot = fake.me["id"]
    return fake.add_message(chat, fake.me, content | ({"reply_to_message": quoted} if quoted else {}))


def attachment(fake: FakeTelegram, kind: str, value: str, files: Files) -> Any:
    """Resolve an upload, a file_id or a URL that the bot sends."""
    if value.startswith("attach://"):
        upload = files.get(value.removeprefix("attach://"))
        if not upload:
            raise bad("Wrong file identifier/HTTP URL specified")
        if not upload.data:
            raise bad("File must be non-empty")
        if kind == "photo" and not upload.data.startswith(IMAGES):
            raise bad("IMAGE_PROCESS_FAILED")
        return fake.add_file(kind, upload)
    if value in fake.files:
        return fake.add_file(kind, fake.files[value], value)
    if re.match(r"https?://", value):
        return fake.add_file(kind, Upload(b"", value.rsplit("/", 1)[-1]))
    raise bad("Wrong file identifier/HTTP URL specified")


def answer(fake: FakeTelegram, kind: str, query_id: str) -> Query:
    """Close a callback, inline or guest query; each can be answered once, and in time."""
    query = fake.queries.get(query_id)
    if not query or query.kind != kind or time.monotonic() - query.at > fake.query_ttl:
        raise bad(TOO_OLD)
    return fake.queries.pop(query_id)


def inline_content(fake: FakeTelegram, result: Json) -> Json:
    """The message that an inline result becomes when it is sent; refuses what Telegram refuses."""
    content: Json = result.get("input_message_content", {})
    body: Json = {}
    kind = INLINE_FILES.get(result.get("type", ""), result.get("type", ""))
    if "message_text" in content:
        body = text_of(content | {"text": content["message_text"]})
    elif content:
        body = {next((name for key, name in INLINE_CONTENT.items() if key in content), "location"): content}
    elif kind in FILE_KINDS:
        url = str(
            next(
                (value for key, value in result.items() if key.endswith("_url") and key != "thumbnail_url"),
                "",
            )
        )
        file_id = next((value for key, value in result.items() if key.endswith("_file_id")), "")
        known = fake.files.get(file_id) or Upload(b"", url.rsplit("/", 1)[-1] or kind)
        body = {kind: fake.add_file(kind, known, file_id)}
    return body | text_of(result, "caption", 1024) | keyboard_of(result)


def acknowledge(fake: FakeTelegram, spec: Json, p: Params) -> Any:
    """Answer a method that has no handler with the smallest result of the type that the schema names."""
    returns, schema = spec["returns"][0], fake.schema
    if returns == "Boolean" or not schema:
        return True
    if returns != "Message" or "chat_id" not in p:
        return schema.example(returns)
    kind = spec["name"].removeprefix("send")
    body = schema.example(kind) if kind in schema.types else {}
    body |= {name: value for name, value in p.items() if name in body and not isinstance(value, (dict, list))}
    return send(fake, p, {kind.lower(): body} if body else {})


# ---- the bot itself, updates


@handles("getMe")
def get_me(fake: FakeTelegram, p: Params) -> Json:
    """The bot, with what its owner set with @BotFather."""
    return fake.me | {
        "can_join_groups": fake.settings.join_groups,
        "can_read_all_group_messages": not fake.settings.privacy,
        "supports_inline_queries": fake.settings.inline,
        "supports_guest_queries": fake.settings.guest,
    }


@handles("logOut")
def log_out(fake: FakeTelegram, p: Params) -> bool:
    """Refuse everything from now on."""
    fake.logged_out = True
    return True


@handles("getUpdates")
async def get_updates(fake: FakeTelegram, p: Params) -> list[Json]:
    """Long polling: an offset confirms all updates below it; a second poller ends the first one's request."""
    if fake.webhook:
        raise ApiError(409, f"Conflict: {WEBHOOK_ON}")
    if "allowed_updates" in p:
        fake.allowed = set(p["allowed_updates"])
    offset, limit, timeout = p.get("offset", 0), min(max(p.get("limit", 100), 1), 100), p.get("timeout", 0)
    if offset > 0:
        fake.queue = [item for item in fake.queue if item.update["update_id"] >= offset]
    elif offset < 0:
        fake.queue = fake.queue[offset:]
    if not fake.queue and timeout > 0:
        fake.end_poll(ApiError(409, f"Conflict: {TWO_POLLERS}"))
        fake.poller = asyncio.get_running_loop().create_future()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(fake.poller, min(timeout, 50))
    for item in fake.queue[:limit]:
        item.delivered = item.delivered or time.monotonic()
    return [item.update for item in fake.queue[:limit]]


@handles("setWebhook", "deleteWebhook")
def set_webhook(fake: FakeTelegram, p: Params) -> bool:
    """Deliver updates to a URL, or stop doing so."""
    url, secret = p.get("url", ""), p.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("Secret token contains unallowed characters")
    if url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise bad("Bad webhook: An HTTPS URL must be provided for webhook")
    if p.get("drop_pending_updates"):
        fake.queue.clear()
    if "allowed_updates" in p:
        fake.allowed = set(p["allowed_updates"])
    if url:
        fake.end_poll(ApiError(409, "Conflict: terminated by setWebhook request"))
    slots = asyncio.Semaphore(p.get("max_connections", 40))
    fake.webhook = p | {"slots": slots, "locks": defaultdict(asyncio.Lock), "error": {}} if url else {}
    for item in fake.queue if url else ():
        fake.spawn(fake.deliver(item, fake.webhook))
    return True


@handles("getWebhookInfo")
def get_webhook_info(fake: FakeTelegram, p: Params) -> Json:
    """The webhook, how many updates wait, and the last failure."""
    info: Json = {"url": fake.webhook.get("url", ""), "has_custom_certificate": False}
    info |= {"allowed_updates": sorted(fake.allowed)} if fake.allowed else {}
    return info | {"pending_update_count": len(fake.queue), **fake.webhook.get("error", {})}


# ---- messages


@handles("sendMessage")
def send_message(fake: FakeTelegram, p: Params) -> Json:
    """Send text."""
    return send(fake, p, text_of(p))


@handles(*("send" + kind.title().replace("_", "") for kind in FILE_KINDS))
def send_media(fake: FakeTelegram, p: Params) -> Json:
    """Send a photo, document, voice..."""
    kind = next(kind for kind in FILE_KINDS if p.method == "send" + kind.title().replace("_", ""))
    caption = caption_of(p)
    return send(fake, p, {kind: attachment(fake, kind, p[kind], p.files)} | caption)


@handles("sendMediaGroup")
def send_album(fake: FakeTelegram, p: Params) -> list[Json]:
    """Send an album."""
    album, group = [], str(next(fake.ids))
    for item in p["media"]:
        caption = caption_of(item)
        album.append({item["type"]: attachment(fake, item["type"], item["media"], p.files)} | caption)
    return [send(fake, p, item | {"media_group_id": group}) for item in album]


@handles("forwardMessage", "copyMessage")
def forward(fake: FakeTelegram, p: Params) -> Json:
    """Forward or copy a message."""
    forwarding = p.method == "forwardMessage"
    source = find(fake, p, "forward" if forwarding else "copy", "from_chat_id")[1]
    dropped = {"message_id", "from", "chat", "date", "reply_markup", "message_thread_id", "is_topic_message"}
    kept = {k: v for k, v in source.items() if k not in dropped}
    if forwarding:
        origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
        return send(fake, p, kept | {"forward_origin": origin})
    return {"message_id": send(fake, p, kept | caption_of(p))["message_id"]}


@handles("editMessageText")
def edit_text(fake: FakeTelegram, p: Params) -> Any:
    """Edit the text of a message."""
    if not p.get("text"):
        raise bad("Message text is empty")
    return edit(fake, p, {"text": "", "entities": []} | text_of(p), "text")


@handles("editMessageCaption")
def edit_caption(fake: FakeTelegram, p: Params) -> Any:
    """Edit the caption of a message."""
    return edit(fake, p, {"caption": "", "caption_entities": []} | text_of(p, "caption", 1024), "caption")


@handles("editMessageReplyMarkup")
def edit_markup(fake: FakeTelegram, p: Params) -> Any:
    """Edit or remove the keyboard of a message."""
    return edit(fake, p, {}, "markup")


def edit(fake: FakeTelegram, p: Json, changes: Json, part: str) -> Any:
    """Edit a message of the bot's in a chat (answer: the message) or an inline message (answer: True)."""
    changes = changes | {"reply_markup": {}} | keyboard_of(p)
    if "chat_id" in p:
        chat, old = find(fake, p, "edit")
        if old["from"]["id"] != fake.me["id"]:
            raise bad("Message can't be edited")
    elif not p.get("inline_message_id"):
        raise bad("Message identifier is not specified")
    elif p["inline_message_id"] not in fake.inline_messages:
        raise bad("Invalid inline message identifier specified")
    else:
        chat, old = None, fake.inline_messages[p["inline_message_id"]]
    if (part == "text" and "text" not in old) or (part == "caption" and "text" in old):
        raise bad(f"There is no {part} in the message to edit")
    if all((old.get(name) or None) == (value or None) for name, value in changes.items()):
        raise bad(NOT_MODIFIED)
    new = {k: v for k, v in (old | changes).items() if v or k not in changes} | {
        "edit_date": int(time.time())
    }
    if not chat:
        old.clear()
        old.update(new)
        return True
    fake.store[chat.id, old["message_id"]] = new
    return new


@handles("deleteMessage", "deleteMessages")
def delete(fake: FakeTelegram, p: Params) -> bool:
    """Delete messages."""
    numbers = p.get("message_ids") or [find(fake, p, "delete")[1]["message_id"]]
    chat = open_chat(fake, p["chat_id"])
    admin = chat.type == "private" or chat.members[fake.me["id"]] in ("administrator", "creator")
    for number in numbers:
        message = fake.store.get((chat.id, number))
        if message and not admin and message["from"]["id"] != fake.me["id"]:
            raise bad("Message can't be deleted")
        fake.store.pop((chat.id, number), None)
    return True


@handles("sendChatAction")
def chat_action(fake: FakeTelegram, p: Params) -> bool:
    """Show "typing..."."""
    if p["action"] not in ACTIONS:
        raise bad("Wrong parameter action in request")
    topic_of(chat := open_chat(fake, p["chat_id"]), p.get("message_thread_id", 0), None)
    return bool(chat)


@handles("setMessageReaction")
def react(fake: FakeTelegram, p: Params) -> bool:
    """React to a message."""
    reactions = p.get("reaction", [])
    find(fake, p, "react")
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(r["type"] == "custom_emoji" and not r["custom_emoji_id"].isdigit() for r in reactions):
        raise bad('Can\'t parse ReactionType: Field "custom_emoji_id" must be a valid Number')
    if any(r["type"] == "emoji" and r["emoji"] not in REACTIONS for r in reactions):
        raise bad("REACTION_INVALID")
    return True


# ---- queries


@handles("answerCallbackQuery")
def answer_callback(fake: FakeTelegram, p: Params) -> bool:
    """Answer the press of a button."""
    return bool(answer(fake, "callback", p["callback_query_id"]))


@handles("answerInlineQuery")
def answer_inline(fake: FakeTelegram, p: Params) -> bool:
    """Offer results to a person who typed ``@bot query``; FakeTelegram.choose() picks one."""
    if len(p["results"]) > 50:
        raise bad("Too many inline query results specified")
    for result in p["results"]:
        try:
            inline_content(fake, result)
        except ApiError as error:
            inner = error.description.removeprefix("Bad Request: ")
            raise bad(f"Can't parse inline query result: {inner[0].upper() + inner[1:]}") from None
    if len({result["id"] for result in p["results"]}) < len(p["results"]):
        raise bad("RESULT_ID_DUPLICATE")
    query = answer(fake, "inline", p["inline_query_id"])
    fake.offers += [(query, result) for result in p["results"]]
    return True


@handles("answerGuestQuery")
def answer_guest(fake: FakeTelegram, p: Params) -> Json:
    """Answer in a chat that the bot is not in, with one inline result."""
    content = inline_content(fake, p["result"])
    query = answer(fake, "guest", p["guest_query_id"])
    asked = fake.store.get((query.chat_id, query.message_id), {})
    reply = {k: v for k, v in asked.items() if k != "reply_to_message"}
    extra = {
        "guest_bot_caller_user": fake.user(query.user_id),
        **({"reply_to_message": reply} if reply else {}),
    }
    return {"inline_message_id": fake.add_inline_message(content | extra, fake.chats[query.chat_id], fake.me)}


# ---- files, chats


@handles("getFile")
def get_file(fake: FakeTelegram, p: Params) -> Json:
    """Where to download a file."""
    upload = fake.files.get(p["file_id"])
    if not upload:
        raise bad("Invalid file_id")
    if len(upload.data) > 20 * 2**20:
        raise bad("File is too big")
    base: Json = {
        "file_id": p["file_id"],
        "file_unique_id": "u" + p["file_id"],
        "file_size": len(upload.data),
    }
    return base | {"file_path": fake.paths[p["file_id"]]}


@handles("getChat")
def get_chat(fake: FakeTelegram, p: Params) -> Json:
    """A chat."""
    return CHAT_RESULT | open_chat(fake, p["chat_id"], reading=True).info


@handles("getChatMember")
def get_chat_member(fake: FakeTelegram, p: Params) -> Json:
    """A member of a chat."""
    status = open_chat(fake, p["chat_id"], reading=True).members.get(p["user_id"])
    if not status and p["user_id"] not in fake.chats:
        raise bad("User not found")
    return fake.member_info(
        fake.me if p["user_id"] == fake.me["id"] else fake.user(p["user_id"]), status or "left"
    )


@handles("getChatAdministrators")
def get_administrators(fake: FakeTelegram, p: Params) -> list[Json]:
    """The administrators of a group."""
    chat = open_chat(fake, p["chat_id"])
    if chat.type == "private":
        raise bad("There are no administrators in the private chat")
    people = ((fake.me if user == fake.me["id"] else fake.user(user), s) for user, s in chat.members.items())
    return [
        fake.member_info(user, status) for user, status in people if status in ("creator", "administrator")
    ]


@handles("leaveChat")
def leave(fake: FakeTelegram, p: Params) -> bool:
    """Leave a group."""
    chat = open_chat(fake, p["chat_id"])
    if chat.type != "private":
        chat.members[fake.me["id"]] = "left"
        chat.refusal = f"bot is not a member of the {chat.type} chat"
    return True


@handles("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages")
def pin(fake: FakeTelegram, p: Params) -> bool:
    """Pin or unpin; where a bot may, and where the message to pin exists."""
    chat = find(fake, p, "pin")[0] if p.method == "pinChatMessage" else open_chat(fake, p["chat_id"])
    if chat.type != "private" and chat.members[fake.me["id"]] not in ("administrator", "creator"):
        raise bad("Not enough rights to manage pinned messages in the chat")
    return True


@handles("createForumTopic")
def create_topic(fake: FakeTelegram, p: Params) -> Json:
    """Open a forum topic."""
    topic = fake.add_topic(open_chat(fake, p["chat_id"]).id, p["name"])
    return {"message_thread_id": topic, "name": p["name"], "icon_color": p.get("icon_color", 0x6FB9F0)}


# ---- the bot's profile


def setting(name: str, p: Json) -> str:
    """The key of a setting, which can differ by scope, chat and language."""
    scope = json.dumps(p.get("scope", {"type": "default"}), sort_keys=True)
    return f"{name} {scope} {p.get('chat_id', '')} {p.get('language_code', '')}"


@handles("setMyCommands")
def set_commands(fake: FakeTelegram, p: Params) -> bool:
    """Set the menu of commands."""
    if len(p["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if not all(re.fullmatch(r"/?[a-z0-9_]+", command["command"]) for command in p["commands"]):
        raise bad("BOT_COMMAND_INVALID")
    fake.profile[setting("commands", p)] = p["commands"]
    return True


@handles("deleteMyCommands")
def delete_commands(fake: FakeTelegram, p: Params) -> bool:
    """Delete the menu of commands."""
    return fake.profile.pop(setting("commands", p), True) is not None


@handles("getMyCommands")
def get_commands(fake: FakeTelegram, p: Params) -> list[Json]:
    """The menu of commands."""
    commands: list[Json] = fake.profile.get(setting("commands", p), [])
    return commands


@handles("setChatMenuButton", "setMyName", "setMyDescription", "setMyShortDescription")
def set_setting(fake: FakeTelegram, p: Params) -> bool:
    """Set the menu button, name or description."""
    name = SETTINGS[p.method[3:]]
    fake.profile[setting(name, p)] = p.get(name, {"type": "default"} if name == "menu_button" else "")
    return True


@handles("getChatMenuButton", "getMyName", "getMyDescription", "getMyShortDescription")
def get_setting(fake: FakeTelegram, p: Params) -> Any:
    """The menu button, name or description."""
    name = SETTINGS[p.method[3:]]
    if name == "menu_button":
        return fake.profile.get(setting(name, p), {"type": "commands"})
    return {name: fake.profile.get(setting(name, p), fake.me["first_name"] if name == "name" else "")}
