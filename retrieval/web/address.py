"""Addresses of pages: one spelling for each, and what belongs to the same site."""

import re
from urllib.parse import urldefrag, urlsplit

_PORTS = {"http": 80, "https": 443}
_HOME = re.compile(
    r"/?(?:(?:vi|en|vn|web/guest(?:/home)?|pages)/?)?(?:(?:home|index|default|trang-chu)(?:\.\w+)?)?/?",
    re.IGNORECASE,
)


def normal(address: str) -> str:
    """Return the spelling of *address* under which a page is known.

    Without a fragment and what only counts visitors (``utm_source``, ``fbclid``). Text that is no address
    comes back as it is, or empty.
    """
    # Imported here because it takes half a second, and most processes only answer questions.
    from courlan import normalize_url

    try:
        return normalize_url(urldefrag(address.strip()).url)
    except ValueError:
        return ""


def is_web(address: str) -> bool:
    """Tell whether *address* is one of http or https, with a host and without a password in it."""
    try:
        parts = urlsplit(address)
        return parts.scheme in _PORTS and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False


def is_home(url: str) -> bool:
    """Tell whether *url* leads to the first page of its site."""
    address, _, question = re.sub(r"^https?://[^/?#]*", "", url).partition("#")[0].partition("?")
    return not question and _HOME.fullmatch(address) is not None


def host_of(address: str) -> str:
    """Return the host of a web address, with its port if that is not the usual one."""
    parts = urlsplit(address)
    usual = _PORTS.get(parts.scheme)
    name = (parts.hostname or "").rstrip(".")
    return name if parts.port in (None, usual) else f"{name}:{parts.port}"


def is_same_site(address: str, other: str) -> bool:
    """Tell whether two addresses have the same host; "www." and "m." do not count."""
    return _site(address) == _site(other)


def _site(address: str) -> str:
    return host_of(address).removeprefix("www.").removeprefix("m.")
