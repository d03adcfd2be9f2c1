"""Articles that only a script would show: pages of Next.js, Nuxt and the like bring their text as JSON."""

import json
from collections.abc import Iterator, Mapping

import regex

from retrieval.readers.page.tree import Element

MIN_SCRIPT_TEXT = 80  # characters of text
MAX_OBJECTS = 20_000  # looked at in a page
_STATE = regex.compile(
    r"(?:window|self|globalThis)(?:\.|\[[\"'])__\w+__(?:[\"']\])?\s*=\s*(?=[{\[])|^[ \t]{0,40}(?=[{\[])",
    regex.MULTILINE,
)
_PUSHED = regex.compile(r"self\.__next_f\.push\((?P<row>\[.*?\])\)\s*;?\s*$", regex.DOTALL)
_HAS_WORDS = regex.compile(r"\p{L}{2,}\s+\p{L}{2,}\s+\p{L}{2,}")


def articles(root: Element) -> Iterator[Mapping[str, object]]:
    """Yield the objects in the page's scripts, outer ones first. Must be asked before they are taken out."""
    left = MAX_OBJECTS
    for value in _values(root):
        queue = [value]
        while queue and left:
            item = queue.pop(0)
            left -= 1
            if isinstance(item, dict):
                yield item
                queue.extend(v for v in item.values() if isinstance(v, dict | list))
            elif isinstance(item, list):
                queue.extend(v for v in item if isinstance(v, dict | list))


def _values(root: Element) -> Iterator[object]:
    pushed: list[str] = []
    for script in root.iter("script"):
        text, kind = script.text or "", (script.get("type") or "").lower()
        if "ld+json" in kind or len(text) < MIN_SCRIPT_TEXT or not _HAS_WORDS.search(text):
            continue
        if row := _PUSHED.search(text):
            pushed.extend(part for part in _loaded(row["row"]) or () if isinstance(part, str))
        elif (value := _state(text)) is not None:
            yield _put_together(value) if script.get("id") == "__NUXT_DATA__" else value
    for line in "".join(pushed).split("\n"):
        if (value := _loaded(line.partition(":")[2])) is not None:
            yield value


def _put_together(value: object) -> object:
    """Return the objects of a list in which Nuxt writes each value once, and its number where it belongs."""
    if not isinstance(value, list):
        return value
    places = range(len(value))
    return [
        {name: value[place] if place in places else place for name, place in item.items()}
        for item in value
        if isinstance(item, dict)
    ]


def _state(text: str) -> object:
    match = _STATE.search(text)
    if match is None:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, match.end())[0]
    except (ValueError, RecursionError):
        return None


def _loaded(text: str) -> list[object] | dict[str, object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list | dict) else None
