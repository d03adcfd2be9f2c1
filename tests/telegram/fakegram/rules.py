"""What Telegram requires of a request, written out for the methods that are implemented here.

With this the server works without a schema.  A schema (schema.py) adds the check of every single field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .model import TOO_OLD, Json, bad

FILE_KINDS = ("photo", "document", "video", "audio", "voice", "animation", "video_note", "sticker")
FILE_FIELDS = {*FILE_KINDS, "thumbnail", "cover", "certificate", "live_photo"}

REQUIRED = {  # method: its required parameters, for every implemented method
    "answerCallbackQuery": "callback_query_id",
    "answerGuestQuery": "guest_query_id result",
    "answerInlineQuery": "inline_query_id results",
    "copyMessage": "chat_id from_chat_id message_id",
    "createForumTopic": "chat_id name",
    "deleteMessage": "chat_id message_id",
    "deleteMessages": "chat_id message_ids",
    "deleteMyCommands": "",
    "deleteWebhook": "",
    "editMessageCaption": "",
    "editMessageReplyMarkup": "",
    "editMessageText": "text",
    "forwardMessage": "chat_id from_chat_id message_id",
    "getChat": "chat_id",
    "getChatAdministrators": "chat_id",
    "getChatMember": "chat_id user_id",
    "getChatMenuButton": "",
    "getFile": "file_id",
    "getMe": "",
    "getMyCommands": "",
    "getMyDescription": "",
    "getMyName": "",
    "getMyShortDescription": "",
    "getUpdates": "",
    "getWebhookInfo": "",
    "leaveChat": "chat_id",
    "logOut": "",
    "pinChatMessage": "chat_id message_id",
    "sendAnimation": "chat_id animation",
    "sendAudio": "chat_id audio",
    "sendChatAction": "chat_id action",
    "sendDocument": "chat_id document",
    "sendMediaGroup": "chat_id media",
    "sendMessage": "chat_id text",
    "sendPhoto": "chat_id photo",
    "sendSticker": "chat_id sticker",
    "sendVideo": "chat_id video",
    "sendVideoNote": "chat_id video_note",
    "sendVoice": "chat_id voice",
    "setChatMenuButton": "",
    "setMessageReaction": "chat_id message_id",
    "setMyCommands": "commands",
    "setMyDescription": "",
    "setMyName": "",
    "setMyShortDescription": "",
    "setWebhook": "",  # an empty url removes the webhook
    "unpinAllChatMessages": "chat_id",
    "unpinChatMessage": "chat_id",
}
REQUIRED_TEXTS = {
    "chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "message_id": "Message identifier is not specified",
    "callback_query_id": TOO_OLD,
    **{
        name: f"There is no {name} in the request"
        for name in ("photo", "document", "video", "audio", "voice")
    },
}
LENGTHS = [  # the field's path, least, most, whether bytes count, the real server's words
    (re.compile(r".*\.callback_data"), 0, 64, True, "BUTTON_DATA_INVALID"),
    (
        re.compile(r"setMyCommands\.commands\[\d+\]\.command"), 1, 32, False,
        "Command length must not exceed 32",
    ),
    (
        re.compile(r"setMyCommands\.commands\[\d+\]\.description"), 1, 256, False,
        "Command description length must not exceed 256",
    ),
    (
        re.compile(r"answer(InlineQuery\.results\[\d+\]|GuestQuery\.result)\.id"), 1, 64, True,
        "RESULT_ID_INVALID",
    ),
    (re.compile(r"answerCallbackQuery\.text"), 0, 200, False, "MESSAGE_TOO_LONG"),
]  # fmt: skip

# Without a schema, the parameters that are text in every method that has them, and those of the implemented
# methods that must be JSON.  Any other (chat_id, those of no known method) is JSON if it can be, else text.
TEXTS = FILE_FIELDS | set(
    "url ip_address secret_token business_connection_id text parse_mode message_effect_id caption "  # noqa: SIM905
    "performer title payload address foursquare_id foursquare_type google_place_id google_place_type "
    "phone_number first_name last_name vcard question question_parse_mode type explanation "
    "explanation_parse_mode description description_parse_mode emoji action emoji_status_custom_emoji_id "
    "file_id custom_title tag name invite_link sticker_set_name icon_custom_emoji_id callback_query_id "
    "guest_query_id language_code short_description gift_id text_parse_mode custom_description username "
    "bio owned_gift_id web_app_query_id inline_message_id comment sticker_format sticker_type old_sticker "
    "format custom_emoji_id inline_query_id next_offset provider_token currency start_parameter "
    "provider_data photo_url shipping_query_id error_message pre_checkout_query_id "
    "telegram_payment_charge_id game_short_name".split()
)
TYPED = set(
    "allow_paid_broadcast allowed_updates button cache_time caption_entities commands "  # noqa: SIM905
    "direct_messages_topic_id disable_content_type_detection disable_notification drop_pending_updates "
    "duration entities has_spoiler height icon_color is_big is_personal length limit "
    "link_preview_options max_connections media menu_button message_id message_ids message_thread_id "
    "offset protect_content reaction reply_markup reply_parameters result results return_bots scope "
    "show_alert show_caption_above_media start_timestamp suggested_post_parameters supports_streaming "
    "timeout user_id video_start_timestamp width".split()
)
JSON_LABELS = {"reply_markup": "reply keyboard markup", "reaction": "reaction types"}

REACTIONS = frozenset(
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 "  # noqa: SIM905
    "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 "
    "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡".split()
)

# The fields that a result must have besides the ones that a handler sets.
FILE_RESULTS: dict[str, Json] = {
    "document": {},
    "video": {"width": 0, "height": 0, "duration": 0},
    "audio": {"duration": 0},
    "voice": {"duration": 0},
    "animation": {"width": 0, "height": 0, "duration": 0},
    "video_note": {"length": 0, "duration": 0},
    "sticker": {"type": "regular", "width": 0, "height": 0, "is_animated": False, "is_video": False},
}
_ADMIN = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories"
)
_RESTRICTED = (
    "is_member can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_react_to_messages can_edit_tag can_change_info can_invite_users "
    "can_pin_messages can_manage_topics"
)
MEMBER_RESULTS: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "administrator": dict.fromkeys(_ADMIN.split(), False),
    "member": {},
    "restricted": {**dict.fromkeys(_RESTRICTED.split(), False), "until_date": 0},
    "left": {},
    "kicked": {"until_date": 0},
}
_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
CHAT_RESULT: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 0,
    "accepted_gift_types": dict.fromkeys(_GIFTS.split(), False),
}


def decode(raw: Json) -> Json:
    """Turn a request's form strings into values; an empty string counts as absent, as on the real server."""
    params = {name: value for name, value in raw.items() if value != ""}
    for name, value in params.items():
        if isinstance(value, str) and name not in TEXTS:
            try:
                params[name] = json.loads(value)
            except ValueError:
                if name in TYPED:
                    raise bad(f"Can't parse {JSON_LABELS.get(name, name)} JSON object") from None
    return params


def refusals(method: str, params: Json) -> list[str]:
    """What Telegram refuses in these parameters, in its words: what is missing or of a wrong length."""
    missing = [name for name in REQUIRED.get(method, "").split() if name not in params]
    found = [REQUIRED_TEXTS.get(name, f'Parameter "{name}" is required') for name in missing]
    for path, text in strings(params, method):
        for pattern, least, most, in_bytes, words in LENGTHS:
            if pattern.fullmatch(path) and not least <= len(text.encode() if in_bytes else text) <= most:
                found.append(words)
    return found


def has_own_length(path: str) -> bool:
    """Whether refusals() knows the length of the field at this path."""
    return any(pattern.fullmatch(path) for pattern, *_ in LENGTHS)


def strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every string inside a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from strings(item, f"{path}.{name}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from strings(item, f"{path}[{i}]")
