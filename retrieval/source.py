"""Where an article appeared, as its reader is told: the host of its page, or its section."""

from collections.abc import Iterable
from itertools import combinations
from urllib.parse import urlsplit

from retrieval.article import Article
from retrieval.text import without_accents


def source_of(article: Article) -> str:
    """Return the host of the article's page; its section where it has no page; "" where it has neither."""
    url = web_url(article.url)
    return host(url) if url else article.section or ""


def web_url(url: str | None) -> str | None:
    """Return *url* where it can be a link: http or https, with a host that has a dot."""
    if url is None or any(c.isspace() or not c.isprintable() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and "." in host.strip(".") else None


def host(url: str) -> str:
    """Return the host of a web URL as people say it: without port and "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class Sources:
    """The sources there are, by all that people call them."""

    def __init__(self, names: Iterable[str]) -> None:
        """*names* are those of the index, those with most articles first."""
        self.names = tuple(filter(None, names))
        self._called: dict[str, list[str]] = {}
        for name in self.names:
            for called in {squeezed(part) for part in _parts(name)}:
                self._called.setdefault(called, []).append(name)

    def called(self, said: str) -> tuple[str, ...]:
        """Return the sources that *said* names: a host as a whole, or any of its labels; a section.

        Case, accents and what stands between letters do not count.
        """
        return tuple(self._called.get(squeezed(said), ()))


def is_host(name: str) -> bool:
    """Tell a source that is a host from one that is a section."""
    return "." in name and " " not in name


def squeezed(said: str) -> str:
    """Return the letters and digits of *said*, without accents, in lower case."""
    return "".join(filter(str.isalnum, without_accents(said).lower()))


def _parts(name: str) -> list[str]:
    """Return *name* and, of a host, all runs of its labels: tuoitre, tuoitre.vn, cuoituan.tuoitre.vn."""
    if not is_host(name):
        return [name]
    labels = name.split(".")
    return [".".join(labels[start:end]) for start, end in combinations(range(len(labels) + 1), 2)]
