"""The keys by which what is kept knows people and chats: those of one bot never meet those of another."""


def person_key(bot_id: int, user_id: int) -> str:
    """Return the key of a person."""
    return f"{bot_id}:{user_id}"


def place_key(bot_id: int, chat_id: int) -> str:
    """Return the key of a chat."""
    return f"{bot_id}:{chat_id}"
