"""Where an article appeared, as its reader is told: the host of its page, or its section."""

from urllib.parse import urlsplit

from retrieval.article import Article


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
