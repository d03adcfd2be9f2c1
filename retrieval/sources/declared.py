"""The sources that the owner names, in a file like ``data/sources.toml``."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from retrieval.errors import ReadError
from retrieval.web.address import is_same_site, is_web, normal

SourceKind = Literal["site", "feed", "page"]

EVERY: Mapping[SourceKind, timedelta] = {
    "site": timedelta(hours=6),
    "feed": timedelta(hours=1),
    "page": timedelta(days=1),
}
SOONEST = timedelta(minutes=5)  # between two visits, whatever the file says

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_INTERVAL = re.compile(r"(\d{1,4}) ?([mhd])")
_KNOWN = {"site": {"address", "every", "include", "exclude"}, "feed": {"address", "every"}}
_KNOWN["page"] = _KNOWN["feed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSource:
    """A source on the web."""

    kind: SourceKind
    address: str  # of the page, the feed, or of a site's sitemap or start page
    every: timedelta  # between two visits
    include: tuple[str, ...] = ()  # patterns of the pages to read, "/tin-tuc/*"; none: all
    exclude: tuple[str, ...] = ()  # of those among them to leave out

    def wants(self, address: str) -> bool:
        """Tell whether a page that this source leads to is to be read."""
        if not is_web(address) or address == self.address:
            return False
        if self.kind != "site":
            return True
        parts = urlsplit(address)
        way = unquote(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
        is_included = not self.include or any(fnmatchcase(way, pattern) for pattern in self.include)
        is_excluded = any(fnmatchcase(way, pattern) for pattern in self.exclude)
        return is_included and not is_excluded and is_same_site(address, self.address)


@dataclass(frozen=True, slots=True)
class NamedSources:
    """The content of the file."""

    sources: tuple[WebSource, ...]
    mistakes: tuple[ReadError, ...]  # entries that say nothing usable; the others count
    is_whole: bool  # the file could be read; otherwise nobody knows which sources it leaves out


def read_sources(path: Path) -> NamedSources:
    """Return the sources in the file at *path*; none if there is no such file."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return NamedSources((), (), is_whole=False)
    except OSError as error:
        return NamedSources((), (ReadError.unopened(str(path), error),), is_whole=False)
    except UnicodeDecodeError:
        mistake = ReadError(str(path), "not UTF-8 text; save it again as UTF-8")
        return NamedSources((), (mistake,), is_whole=False)
    except (ValueError, RecursionError) as error:  # also of 5,000 digits, or of as many brackets
        mistake = ReadError(str(path), "not valid TOML: {error}", error=str(error))
        return NamedSources((), (mistake,), is_whole=False)
    found: dict[str, WebSource] = {}
    mistakes = []
    for item in _entries(said, path):
        if isinstance(item, ReadError):
            mistakes.append(item)
        elif item.address in found:
            mistakes.append(ReadError(f"{path}", "{address} stands there twice", address=item.address))
        else:
            found[item.address] = item
    return NamedSources(tuple(found.values()), tuple(mistakes), is_whole=not mistakes)


def _entries(said: Mapping[str, Any], path: Path) -> Iterator[WebSource | ReadError]:
    for name, entries in said.items():
        kind = next((kind for kind in EVERY if kind == name), None)
        if kind is None or not isinstance(entries, list):
            yield ReadError(str(path), "“{name}” is none of [[site]], [[feed]] and [[page]]", name=name)
            continue
        for number, entry in enumerate(entries, start=1):
            try:
                yield _source(kind, entry, f"{path}, {kind} {number}")
            except ReadError as error:
                yield error


def _source(kind: SourceKind, entry: object, origin: str) -> WebSource:
    if not isinstance(entry, dict):
        raise ReadError(origin, 'it has no address; write address = "https://…"')
    if unknown := sorted(set(entry) - _KNOWN[kind]):
        raise ReadError(origin, "“{name}” is not known there", name=unknown[0])
    address = entry.get("address")
    if not isinstance(address, str) or not is_web(address.strip()) or not normal(address):
        raise ReadError(origin, 'it has no address; write address = "https://…"')
    return WebSource(
        kind=kind,
        address=normal(address),
        every=_interval(entry.get("every"), origin) or EVERY[kind],
        include=_patterns(entry.get("include", []), origin),
        exclude=_patterns(entry.get("exclude", []), origin),
    )


def _interval(value: object, origin: str) -> timedelta | None:
    if value is None:
        return None
    match = _INTERVAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ReadError(origin, '“{value}” is no interval; write "30m", "6h" or "1d"', value=value)
    return max(SOONEST, timedelta(**{_UNITS[match[2]]: int(match[1])}))


def _patterns(value: object, origin: str) -> tuple[str, ...]:
    patterns = [value] if isinstance(value, str) else value
    if not isinstance(patterns, list) or not all(isinstance(p, str) and p[:1] in "/*" for p in patterns):
        raise ReadError(origin, 'patterns stand in a list and begin with / or *: ["/tin-tuc/*"]')
    return tuple(patterns)
