"""The origin of an answer: the article's title, source, date, author and link."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import HitRef
from bot.language import Texts
from bot.links import Links, spot_of
from bot.render.article_head import add_byline, add_title
from bot.render.draft import Draft
from bot.reply import Reply
from retrieval.answer import Hit
from retrieval.article import web_url


def origin(texts: Texts, hit: Hit, links: Links, shown: HitRef, lead: str) -> Reply:
    """Render the origin of *hit* below the sentence *lead*, with its address to be copied.

    The button opens the article; the way back leads to *shown*.
    """
    link = links.of(hit)
    draft = Draft().add(lead)
    add_title(draft.gap(), hit.article, link)
    add_byline(draft, texts, hit.article, link, author=True, quoted=spot_of(hit, shown).start)
    if address := web_url(hit.article.url):
        draft.line().add(address, url=address)
    button = InlineKeyboardButton(texts("Read the article"), callback_data=spot_of(hit, shown).data)
    return draft.reply(InlineKeyboardMarkup([[button]]))
