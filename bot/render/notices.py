"""Short messages: notices, thanks, what a group and its admins are told, the choice of a language."""

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import LanguageChoice
from bot.language import Languages, Texts
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.journal.journal import Verdict

_NAME_UNITS = 100


def notice(texts: Texts, msgid: str, /, **values: object) -> Reply:
    """Render the text for the English *msgid*, its ``{placeholders}`` filled in."""
    return Draft().add(texts(msgid, **values)).reply()


def thanks(texts: Texts, verdict: Verdict | None) -> Reply:
    """Thank a reader for a *verdict*; None: the reader took it back."""
    match verdict:
        case "good":
            return notice(texts, "Thank you! Glad that it helped.")
        case "bad":
            return notice(texts, "Thank you. I have noted that this does not answer it.")
        case "missing":
            return notice(texts, "Thank you. I have noted that an article on this is missing.")
        case None:
            return notice(texts, "All right, taken back.")


def person(texts: Texts) -> Reply:
    """Tell whoever wants to talk to a person how to reach one, if the settings say so."""
    draft = Draft().add(texts("I am a bot and can only look things up in the articles."))
    if texts.contact:
        return add_contact(draft, texts).reply()
    return (
        draft.gap().add(texts("The articles often name whom to call: ask for the number you need.")).reply()
    )


def not_admitted(texts: Texts, *, person: int | None) -> Reply:
    """Tell somebody that the bot is not for them, and what to tell its owner."""
    draft = Draft().add(texts("Only certain people may ask me."))
    if person is not None:
        draft.gap().add(
            texts("If you should be one of them, send whoever runs this bot your number: {id}", id=person)
        )
    return add_contact(draft, texts).reply()


def regret(texts: Texts) -> Reply:
    """Say sorry to whoever finds an answer wrong, and what can be done."""
    draft = Draft().add(texts("I am sorry that this did not help."))
    draft.gap().add(
        texts("Please say it in other words, or name the document, the place or the date that you mean.")
    )
    return add_contact(draft, texts).reply()


def add_contact(draft: Draft, texts: Texts) -> Draft:
    """Write how to reach a person, if the settings say so."""
    return (
        draft.gap().add(texts("To talk to a person: {contact}", contact=texts.contact))
        if texts.contact
        else draft
    )


def pause(texts: Texts, seconds: int) -> Reply:
    """Ask a reader who sends many questions to wait for *seconds*."""
    text = texts.plural(
        "You ask faster than I can answer. Please wait {n} second.",
        "You ask faster than I can answer. Please wait {n} seconds.",
        seconds,
    )
    return Draft().add(text).reply()


def complaints(texts: Texts, errors: Iterable[tuple[str, int]]) -> Reply:
    """Tell admins which *errors* were logged, each with its number."""
    draft = Draft().add(texts("Something is wrong with me. The log says:"))
    for line, number in errors:
        draft.line().add(f"• {line}" + (f" (×{number})" if number > 1 else ""))
    draft.gap().add(texts("More: the log, and `hoibao doctor`. I write here at most once an hour."))
    return draft.reply()


def hello(texts: Texts, username: str, *, sees_all: bool) -> Reply:
    """Tell a group how to ask; name mentions only if the bot *sees all* messages, and so every mention."""
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
    """Tell an admin which messages of *group* Telegram hides from the bot, and how to change that."""
    draft = Draft().add(
        texts(
            "In “{group}” I see only commands such as /ask and replies to me: my privacy mode is on. "
            "Anyone who only mentions @{username} may get no answer.",
            group=shortened(group, _NAME_UNITS),
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


def channel(texts: Texts, name: str, *, is_read: bool) -> Reply:
    """Tell an admin that the bot is in a channel, and whether its posts become articles."""
    name = shortened(name, _NAME_UNITS)
    if is_read:
        return notice(
            texts,
            "I am in the channel “{name}” now: what is posted there can be found here a moment later. "
            "For older posts, export the channel in Telegram Desktop as JSON and send me result.json.",
            name=name,
        )
    return notice(
        texts,
        "Somebody who is not my admin brought me into the channel “{name}”. I do not read it. If I should, "
        "take me out there and bring me in yourself.",
        name=name,
    )


def uninvited(texts: Texts, group: str, id_: int) -> Reply:
    """Tell an admin that the members of *group* may not ask yet, and how to change that."""
    return notice(
        texts,
        "In “{group}” I answer only those who may ask me anyway. For everybody there, "
        "add {id} to ALLOWED and start me again.",
        group=shortened(group, _NAME_UNITS),
        id=id_,
    )


def languages(texts: Texts, languages: Languages, chosen: str | None) -> Reply:
    """Offer the languages by their own names, the *chosen* one with a tick; None: as in Telegram."""
    choices = [(code, languages.of(code).name) for code in reversed(languages.codes)]
    rows = [
        [_choice(code, name, chosen) for code, name in choices],
        [_choice(None, texts("As in Telegram"), chosen)],
    ]
    return Draft().add(texts("Which language shall I speak?")).reply(InlineKeyboardMarkup(rows))


def language_chosen(texts: Texts, code: str | None) -> Reply:
    """Confirm the choice of a language; *texts* are those of the new language."""
    said = texts("All right, as in your Telegram.") if code is None else texts("All right, English it is.")
    return Draft().add(said).reply()


def _choice(code: str | None, label: str, chosen: str | None) -> InlineKeyboardButton:
    tick = "✓ " if code == chosen else ""
    return InlineKeyboardButton(f"{tick}{label}", callback_data=LanguageChoice(code).data)
