"""A single sentence."""

from bot.language import Texts
from bot.render.draft import Draft
from bot.reply import Reply


def notice(texts: Texts, msgid: str, /, **values: object) -> Reply:
    """Render the text for the English *msgid*, its ``{placeholders}`` filled in."""
    return Draft().add(texts(msgid, **values)).reply()
