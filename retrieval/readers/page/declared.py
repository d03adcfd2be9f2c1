"""The head of a page on its article: JSON-LD, Open Graph, microdata and the older meta tags."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import regex

from retrieval.readers.page.tree import Element, tag_of
from retrieval.text.canonical import one_line

MAX_OBJECT_DEPTH = 8  # of objects inside objects in JSON-LD; deeper ones describe something else

_ARTICLE_TYPE = regex.compile(r"Article|Posting|Report|Recipe|ClaimReview|WebPage$", regex.IGNORECASE)
_CONTROL = regex.compile(r"[\x00-\x1f]")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate"),
    *("publish_date", "publish-date", "published_date", "article_date_original", "dc.date.issued"),
    *("dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date"),
    *(
        "sailthru.date",
        "article.published",
        "publication_date",
        "cxenseparse:recs:publishtime",
        "created",
        "date",
    ),
)
_AUTHORS = (
    "author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_SECTIONS = ("article:section", "og:section", "parsely-section", "section", "category")
_SITES = (
    *("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher"),
    *("copyright", "al:android:app_name"),
)
_SUMMARIES = ("og:description", "description", "twitter:description", "dc.description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A page's words about itself, as written there; best first, without what is empty."""

    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()  # the <title>
    dates: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()  # of one source each
    sections: tuple[str, ...] = ()
    crumbs: tuple[str, ...] = ()  # from the home page to this one
    summaries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()  # names of the site and of its publisher
    language: str | None = None


def declared(root: Element) -> Declared:
    """Return what the page under *root* declares. Must be called before anything is taken out of the tree."""
    head = _Head(root)
    return Declared(
        titles=_unique(
            [*head.said("headline"), *head.meta(_TITLES), *head.items("headline"), *head.said("name")]
        ),
        headings=_unique(_headings(root)),
        dates=_unique(
            [
                *head.said("datePublished"),
                *head.meta(_DATES),
                *head.items("datePublished"),
                *head.said("dateCreated", "uploadDate"),
                *head.items("dateCreated"),
            ]
        ),
        authors=tuple(filter(None, _authors(head))),
        sections=_unique(
            [*_strings(thing.get("articleSection") for thing in head.articles), *head.meta(_SECTIONS)]
        ),
        crumbs=next(
            filter(None, (_crumbs(thing) for thing in head.things if _type(thing) == "BreadcrumbList")), ()
        ),
        summaries=_unique([*head.said("description"), *head.meta(_SUMMARIES), *head.items("description")]),
        addresses=_unique(_addresses(head)),
        sites=_unique(_sites(head)),
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang"),
    )


class _Head:
    """A page's declarations, by the way in which they are made."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._metas: dict[str, list[str]] = {}
        self._items: dict[str, list[str]] = {}
        for element in root.iter():
            if tag_of(element) == "meta":
                self._note_meta(element)
            if name := element.get("itemprop"):
                value = element.get("content") or element.get("datetime") or _shown(element)
                if value := _line(value):
                    self._items.setdefault(name, []).append(value)
        self.things = list(_things(root))
        articles = (thing for thing in self.things if _ARTICLE_TYPE.search(_type(thing)))
        self.articles = sorted(articles, key=lambda thing: _type(thing).lower().endswith("webpage"))

    def _note_meta(self, element: Element) -> None:
        for name in ("property", "name", "itemprop"):
            word, content = (element.get(name) or "").strip().lower(), _line(element.get("content"))
            if word and content:
                self._metas.setdefault(word, []).append(content)

    def meta(self, names: tuple[str, ...]) -> list[str]:
        """Return the contents of meta tags with these names, in this order of names."""
        return [value for name in names for value in self._metas.get(name, ())]

    def items(self, name: str) -> list[str]:
        """Return the values of a microdata property."""
        return self._items.get(name, [])

    def said(self, *names: str) -> list[str]:
        """Return the values of these keys in JSON-LD about an article."""
        return [
            line
            for thing in self.articles
            for name in names
            if isinstance(thing.get(name), str) and (line := _line(thing[name]))
        ]

    def of_type(self, *types: str) -> list[Mapping[str, object]]:
        """Return what JSON-LD says of things of these types."""
        return [thing for thing in self.things if _type(thing) in types]


def _headings(root: Element) -> list[str]:
    titles = (
        title
        for title in root.iter("title")
        if title.getparent() is not None and tag_of(title.getparent()) == "head"
    )
    return [_line("".join(title.itertext())) for title in titles][:1]


def _authors(head: _Head) -> Iterator[tuple[str, ...]]:
    for key in ("author", "creator"):
        yield from (_names(thing.get(key)) for thing in head.articles)
    yield tuple(head.meta(_AUTHORS))
    yield tuple(head.items("author"))
    yield tuple(head.meta(("article:author",)))


def _addresses(head: _Head) -> Iterator[str]:
    for link in head.root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield link.get("href") or ""
    yield from head.meta(("og:url",))
    yield from head.said("url")
    yield from (base.get("href") or "" for base in list(head.root.iter("base"))[:1])


def _sites(head: _Head) -> Iterator[str]:
    yield from head.meta(_SITES)
    for thing in head.things:
        yield from _names(thing.get("publisher"))
    for thing in head.of_type("WebSite", "Organization", "NewsMediaOrganization"):
        yield _line(thing.get("name"))


def host(addresses: tuple[str, ...]) -> str:
    """Return the host of the first address, without "www.", or ""."""
    for address in addresses:
        try:
            if name := urlsplit(address).hostname:
                return name.removeprefix("www.")
        except ValueError:
            continue
    return ""


def _things(root: Element) -> Iterator[Mapping[str, object]]:
    """Yield the objects of all JSON-LD in the page."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            # Line ends inside strings are forbidden and common.
            yield from _objects(json.loads(_CONTROL.sub(" ", text)), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > MAX_OBJECT_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if name != "itemListElement" or "@type" not in value:
                yield from _objects(value.get(name), depth + 1)


def _type(thing: Mapping[str, object]) -> str:
    kind = thing.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind or "")


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a JSON-LD author: a string, an object, or a list of these."""
    if isinstance(value, list):
        return tuple(name for item in value for name in _names(item))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return (_line(value),) if isinstance(value, str) and _line(value) else ()


def _strings(values: Iterator[object]) -> Iterator[str]:
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield _line(item)


def _crumbs(thing: Mapping[str, object]) -> tuple[str, ...]:
    names = []
    items = thing.get("itemListElement")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            inner = item.get("item")
            name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
            if isinstance(name, str) and _line(name):
                names.append(_line(name))
    return tuple(names)


def _shown(element: Element) -> str:
    if element.get("itemtype"):
        name = next((e for e in element.iter() if e.get("itemprop") == "name"), None)
        if name is not None:
            return name.get("content") or "".join(name.itertext())
    if element.get("itemprop") in ("articleBody", "text"):
        return ""
    return "".join(element.itertext())


def _line(value: object) -> str:
    import html

    return one_line(html.unescape(value)) if isinstance(value, str) else ""


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
