"""A link: the way to a page that somebody lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A link in a list of pages."""

    address: str  # absolute
    changed: str = ""  # when the page changed last, as the list writes it; "" if it does not say
    is_list: bool = False  # a sitemap within a sitemap
