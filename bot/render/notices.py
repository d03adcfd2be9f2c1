"""A single sentence."""

from bot.language import Texts
from bot.render.draft import Draft
from bot.reply import Reply
from retrieval.journal.journal import Verdict


def notice(texts: Texts, msgid: str, /, **values: object) -> Reply:
    """Render the text for the English *msgid*, its ``{placeholders}`` filled in."""
    return Draft().add(texts(msgid, **values)).reply()


def thanks(texts: Texts, verdict: Verdict | None) -> Reply:
    """Render what is said to somebody who judged an answer; None: who took that back."""
    match verdict:
        case "good":
            return notice(texts, "Thank you! Glad that it helped.")
        case "bad":
            return notice(texts, "Thank you. I have noted that this does not answer it.")
        case "missing":
            return notice(texts, "Thank you. I have noted that an article on this is missing.")
        case None:
            return notice(texts, "All right, taken back.")


def pause(texts: Texts, seconds: int) -> Reply:
    """Ask somebody who asks a lot to wait for so many *seconds*."""
    text = texts.plural(
        "So many questions, how nice! Let me catch my breath for {n} second, then ask on.",
        "So many questions, how nice! Let me catch my breath for {n} seconds, then ask on.",
        seconds,
    )
    return Draft().add(text).reply()
