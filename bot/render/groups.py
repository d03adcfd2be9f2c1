"""What is said when the bot comes into a group: how to ask it there, and to admins what it does not see."""

from bot.language import Texts
from bot.render.draft import Draft, one_line
from bot.reply import Reply

_NAME_UNITS = 100


def hello(texts: Texts, username: str, *, sees_all: bool) -> Reply:
    """Tell a group how to ask; a mere mention surely arrives only where the bot *sees all* messages."""
    draft = Draft().add(
        texts("Hello everybody! I answer questions with what the articles say, word for word.")
    )
    how = (
        texts(
            "To ask me: /ask and your question, mention @{username}, or reply to a message of mine.",
            username=username,
        )
        if sees_all
        else texts("To ask me: /ask and your question, or reply to a message of mine.")
    )
    return draft.gap().add(how).line().add(texts("Otherwise I keep silent.")).reply()


def hidden(texts: Texts, username: str, group: str) -> Reply:
    """Tell an admin which messages of a *group* Telegram hides from the bot, and how to change that."""
    draft = Draft().add(
        texts(
            "In “{group}” I see only commands such as /ask and replies to me: my privacy mode is on. "
            "Who only mentions @{username} may get no answer.",
            group=one_line(group, _NAME_UNITS),
            username=username,
        )
    )
    draft.gap().add(
        texts(
            "If you want me to see mentions: send /setprivacy to @BotFather, choose me and Disable, then "
            "take me out of the group and add me again."
        )
    )
    return draft.reply()
