"""Storage keys for users, chats and answers, with the bot's id: several bots may share a database."""

from hashlib import blake2b


def person_key(bot_id: int, user_id: int) -> str:
    """Return the key of a person."""
    return f"{bot_id}:{user_id}"


def person_id(key: str) -> int:
    """Return the Telegram id of the person with this key."""
    return int(key.partition(":")[2])


def chat_key(bot_id: int, chat_id: int) -> str:
    """Return the key of a chat."""
    return f"{bot_id}:{chat_id}"


def answer_id(*parts: object) -> str:
    """Return the id of the answer to what *parts* name: always the same, so that an edit replaces it."""
    return blake2b(":".join(map(str, parts)).encode(), digest_size=8).hexdigest()
