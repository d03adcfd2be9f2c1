"""The head of an article: its title, and a byline with source, date and author."""

from telegram.constants import MessageEntityType

from bot.language import Texts
from bot.render.draft import Draft, shortened
from retrieval.article import Article, source_of, web_url

TITLE_UNITS = 120  # three to four lines on a phone: nearly every real headline in full
_NAME_UNITS = 60


def title_of(article: Article) -> str:
    """Return the article's title on one line; without a title, the beginning of its text."""
    return shortened(article.title or article.body.partition("\n")[0], TITLE_UNITS)


def add_title(draft: Draft, article: Article, link: str | None, *, rank: int | None = None) -> None:
    """Write the title in bold as a link to *link*, after its *rank* if given."""
    start = draft.position
    draft.add("" if rank is None else f"{rank}. ").add(title_of(article), url=link)
    draft.mark(MessageEntityType.BOLD, start)


def add_byline(
    draft: Draft,
    texts: Texts,
    article: Article,
    link: str | None,
    *,
    author: bool = False,
    quoted: int | None = None,
) -> None:
    """Write a line of source, date, page and scan, and of the author if *author*; nothing if none is known.

    The page is that of the offset *quoted*, if the article has pages.
    """
    # A host needs a link of its own: Telegram would make it one to the site's front page.
    parts = [(source_of(article), link if web_url(article.url) else None)]
    if article.published is not None:
        parts.append((texts.date(article.published), None))
    if author:
        parts.append((article.author or "", None))
    if quoted is not None and (page := article.page_at(quoted)):
        parts.append((texts("page {n}", n=page), None))
    if article.is_scan:
        parts.append((texts("from a scan"), None))
    separator = "\n"
    for text, target in parts:
        if text:
            draft.add(separator).add(shortened(text, _NAME_UNITS), url=target)
            separator = " · "
