"""The answers to /privacy and /forget."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.buttons import Forget
from bot.language import Texts
from bot.render.draft import Draft
from bot.reply import Reply


def privacy(texts: Texts, *, kept_days: int, in_private: bool) -> Reply:
    """Tell what is kept, how long and why; in a private chat, with a button to erase it.

    *kept_days*: how long questions are kept.
    """
    draft = Draft().add(texts("What I keep about you"), MessageEntityType.BOLD)
    for line in (
        texts.plural(
            "Your questions and my answers, for {n} day: for the buttons under an answer, and to see which "
            "articles are missing.",
            "Your questions and my answers, for {n} days: for the buttons under an answer, and to see which "
            "articles are missing.",
            kept_days,
        ),
        texts("What you type after my @name in other chats: like a question."),
        texts("What you think of an answer: as long as its question."),
        texts("Your last question, for 15 minutes: so that you can ask a follow-up."),
        texts("What you follow, until you stop it, and the language that you chose."),
        texts("The numbers of messages, not their text, for 3 days: so that an edit corrects its answer."),
    ):
        draft.line().add(f"• {line}")
    draft.gap().add(
        texts(
            "All of it with your Telegram number, not your name. Nothing else; only those who run me can "
            "see it, and my logs hold no questions."
        )
    )
    draft.gap().add(
        texts("Have it erased at any time: /forget")
        if in_private
        else texts("Have it erased at any time: write /forget to me in our own chat.")
    )
    return draft.reply(_rows([_button(texts("Erase my data"), Forget("ask"))]) if in_private else None)


def erasing(texts: Texts) -> Reply:
    """Ask for confirmation before everything is erased."""
    draft = Draft().add(texts("Shall I erase everything I keep about you?"), MessageEntityType.BOLD)
    draft.line().add(
        texts("Your questions and verdicts, what you follow and the language you chose. It cannot be undone.")
    )
    yes, no = _button(texts("Yes, erase"), Forget("yes"), stands_out=True), _button(texts("No"), Forget("no"))
    return draft.reply(_rows([yes, no]))


def _rows(row: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([row])


def _button(label: str, value: Forget, *, stands_out: bool = False) -> InlineKeyboardButton:
    style = KeyboardButtonStyle.DANGER if stands_out else None
    return InlineKeyboardButton(label, callback_data=value.data, style=style)
