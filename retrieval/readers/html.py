"""Web pages: the article inside, without the page around it."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.settings import use_config

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import dates, portal
from retrieval.readers.decode import decode
from retrieval.readers.fields import Fields, language_tag, title_from, to_article, web_url
from retrieval.readers.files import SourceFile
from retrieval.readers.markup import plain_text
from retrieval.text.canonical import clean, one_line

# Below this many characters trafilatura takes its own result for a failure and runs all paragraphs together;
# its default of 250 would do that to every short notice.
_MIN_EXTRACTED_SIZE = "20"
# The extensive search takes any day that the text mentions for the day of publication.
_DATE_SEARCH = {"outputformat": "%Y-%m-%dT%H:%M:%S%z", "original_date": True, "extensive_search": False}
_DECLARED_ENCODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


def read_html(file: SourceFile) -> Article:
    """Return the article of a web page. Raises ``ReadError``, also where the page holds none.

    Title, date, author, section, address and language are what the page declares; failing that, what a
    portal prints around the text (see ``retrieval.readers.portal``).
    """
    page = _XML_DECLARATION.sub("", _page(file), count=1).replace("\0", "")
    if "<html" not in page.lower():
        page = f"<html><body><div>{page}</div></body></html>"  # trafilatura refuses fragments
    declared, text = _extract(page, file)
    printed, paragraphs = portal.read_page(text.split("\n"), file.timezone)
    title = declared.title or printed.title or title_from(text)
    if printed.title and printed.title.casefold() != title.casefold():
        paragraphs.insert(0, printed.title)  # a short first paragraph after all
    fields = replace(
        declared,
        title=title,
        published=_published(declared.published, printed.published),
        author=declared.author or printed.author,
        section=declared.section or printed.section,
    )
    return to_article(file, fields, "\n".join(paragraphs))


def _published(declared: datetime | None, printed: datetime | None) -> datetime | None:
    """Return the declared moment; of the same day's two, the printed one where only that knows the hour."""
    if declared is None or printed is None:
        return declared or printed
    is_bare_day = declared.time() == time.min and declared.date() == printed.date()
    return printed if is_bare_day else declared


def _page(file: SourceFile) -> str:
    content = file.load()
    declared = _DECLARED_ENCODING.search(content[:1024])  # where browsers look for it
    return decode(content, file.origin, declared=declared[1].decode() if declared else "")


def _with_captions(tree: Any) -> Any:
    """Return *tree* with the captions of figures as paragraphs: trafilatura drops what is in a figure."""
    for element in () if tree is None else tree.iter("figure", "figcaption"):
        element.tag = "div" if element.tag == "figure" else "p"
    return tree


def _extract(page: str, file: SourceFile) -> tuple[Fields, str]:
    """Return what the page declares, and the clean text of its article."""
    config = deepcopy(use_config())
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _MIN_EXTRACTED_SIZE)
    try:
        tree = trafilatura.load_html(page)
        language = None if tree is None else tree.get("lang")
        document: Any = trafilatura.bare_extraction(
            _with_captions(tree),
            include_comments=False,
            # Its default loses lists inside cells, and leads and date lines that are no paragraphs.
            favor_recall=True,
            with_metadata=True,
            config=config,
            date_extraction_params=_DATE_SEARCH,
        )
    # Whatever a hostile page sets off in the parsers below trafilatura, the other files must go in.
    except Exception as error:
        raise ReadError(file.origin, "not readable as HTML: {error}", error=type(error).__name__) from error
    text = "" if document is None else clean(plain_text(etree.tostring(document.body, encoding="unicode")))
    if not text:
        raise ReadError(file.origin, "no article found in this page")
    fields = Fields(
        title=one_line(document.title or "") or None,
        url=web_url(document.url),
        published=dates.parse(document.date, file.timezone),
        author=one_line(document.author or "") or None,
        section=one_line((document.categories or [document.sitename or ""])[0]) or None,
        language=language_tag(language),
    )
    return fields, text
