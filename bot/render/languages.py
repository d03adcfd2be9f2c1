"""Which language the bot speaks with somebody, with a button for each other choice."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.language import Languages, Texts
from bot.render.draft import Draft
from bot.reply import Reply
from bot.storage.languages import choice_data


def languages(texts: Texts, languages: Languages, chosen: str | None) -> Reply:
    """Ask for a language; each stands there as its speakers call it, the one *chosen* with a tick."""
    choices = [(code, languages.of(code).name) for code in reversed(languages.codes)]
    rows = [
        [_button(code, name, chosen) for code, name in choices],
        [_button(None, texts("As in Telegram"), chosen)],
    ]
    return Draft().add(texts("Which language shall I speak?")).reply(InlineKeyboardMarkup(rows))


def language_chosen(texts: Texts, code: str | None) -> Reply:
    """Say which language is spoken from now on, in that language."""
    said = texts("All right, as in your Telegram.") if code is None else texts("All right, English it is.")
    return Draft().add(said).reply()


def _button(code: str | None, label: str, chosen: str | None) -> InlineKeyboardButton:
    tick = "✓ " if code == chosen else ""
    return InlineKeyboardButton(f"{tick}{label}", callback_data=choice_data(code))
