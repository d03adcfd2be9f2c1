"""The dialogue in which an admin takes an article out of the collection, or puts it back."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageEntityType

from bot.buttons import Ruling
from bot.language import Texts
from bot.render.article_head import add_byline, add_title
from bot.render.draft import Draft, cut
from bot.reply import Reply
from retrieval.article import Article, web_url

_BEGINNING_UNITS = 300


def removal_offer(texts: Texts, article: Article) -> Reply:
    """Show the article, and ask for confirmation."""
    draft = Draft().add(texts("Take this article out?"))
    _add_article(draft, texts, article)
    draft.line().add(cut(article.body, _BEGINNING_UNITS), MessageEntityType.BLOCKQUOTE)
    remove = InlineKeyboardButton(
        texts("Take it out"),
        callback_data=Ruling("remove", article.key).data,
        style=KeyboardButtonStyle.DANGER,
    )
    keep = InlineKeyboardButton(texts("Keep it"), callback_data=Ruling("keep", article.key).data)
    return draft.reply(InlineKeyboardMarkup([[remove, keep]]))


def removed(texts: Texts, article: Article) -> Reply:
    """Confirm the removal, with a button to undo it."""
    draft = Draft().add(texts("Taken out. It won't appear in answers again, even after a reload."))
    _add_article(draft, texts, article)
    undo = InlineKeyboardButton(texts("Undo"), callback_data=Ruling("restore", article.key).data)
    return draft.reply(InlineKeyboardMarkup([[undo]]))


def restored(texts: Texts, article: Article) -> Reply:
    """Confirm that the article is back."""
    draft = Draft().add(texts("It is back, and can be found again."))
    _add_article(draft, texts, article)
    return draft.reply()


def kept(texts: Texts, article: Article) -> Reply:
    """Confirm that the article stays."""
    draft = Draft().add(texts("It stays as it is."))
    _add_article(draft, texts, article)
    return draft.reply()


def _add_article(draft: Draft, texts: Texts, article: Article) -> None:
    link = web_url(article.url)
    add_title(draft.gap(), article, link)
    add_byline(draft, texts, article, link)
