"""Alerts: new articles that answer followed questions, and the list of those questions."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.buttons import Ending
from bot.language import Texts
from bot.links import Links, best_sentence, spot_of
from bot.render.article_head import add_byline, add_title
from bot.render.draft import Draft, shortened
from bot.render.notices import notice
from bot.reply import Reply
from retrieval.answer import Hit
from retrieval.collection.lookout import Digest
from retrieval.store.watches import Watch

_QUESTION_UNITS = 150  # twenty of them fit into one message
_LABEL_UNITS = 40
_IN_A_ROW = 4


def alert(texts: Texts, digests: Sequence[Digest], links: Links) -> Reply:
    """Render the new articles under each question, with the sentence that answers and a button to stop."""
    draft = Draft().add(texts("🔔 Something new on what you follow"), MessageEntityType.BOLD)
    for item in digests:
        question = shortened(item.watch.question, _QUESTION_UNITS)
        draft.gap().add(f"“{question}”", MessageEntityType.ITALIC)
        for hit in item.hits:
            _add_hit(draft, texts, hit, links)
        if item.more:
            more = texts.plural("+{n} more article", "+{n} more articles", item.more)
            draft.gap().add(more, MessageEntityType.ITALIC)
    return draft.reply(
        InlineKeyboardMarkup([[_stop(texts, item.watch, len(digests) == 1)] for item in digests])
    )


def followed(texts: Texts, watches: Sequence[Watch]) -> Reply:
    """List the followed questions with a button to end each; if there are none, say how to begin."""
    if not watches:
        return notice(
            texts, "No question is followed here yet. Ask one, then tap “🔔 Follow” below the answer."
        )
    draft = Draft().add(texts("🔔 Questions followed here"), MessageEntityType.BOLD)
    for number, watch in enumerate(watches, start=1):
        draft.line().add(f"{number}. {shortened(watch.question, _QUESTION_UNITS)}")
    draft.gap().add(texts("When a new article answers one of them, I write here: at most once an hour."))
    buttons = [
        InlineKeyboardButton(texts("Stop {n}", n=number), callback_data=Ending(watch.id, is_listed=True).data)
        for number, watch in enumerate(watches, start=1)
    ]
    rows = [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]
    return draft.reply(InlineKeyboardMarkup(rows))


def _add_hit(draft: Draft, texts: Texts, hit: Hit, links: Links) -> None:
    link = links.of(hit)
    add_title(draft.gap(), hit.article, link)
    add_byline(draft, texts, hit.article, link, quoted=spot_of(hit).start)
    start, end = best_sentence(hit)
    draft.line().add(hit.article.body[start:end], MessageEntityType.BLOCKQUOTE)


def _stop(texts: Texts, watch: Watch, is_only: bool) -> InlineKeyboardButton:
    question = shortened(watch.question, _LABEL_UNITS)
    label = texts("🔕 Stop following") if is_only else texts("🔕 Stop “{question}”", question=question)
    return InlineKeyboardButton(label, callback_data=Ending(watch.id, is_listed=False).data)
