"""Articles that only a script would show: pages of Next.js, Nuxt and the like bring their text as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

import regex

from retrieval.readers.fields.fields import from_mapping, summary_of, summary_of_linked, text_of, with_lead
from retrieval.readers.markup import plain_text
from retrieval.readers.page.body import key
from retrieval.readers.page.tree import Element
from retrieval.text.canonical import clean

MIN_SCRIPT_TEXT = 80  # characters of text
MIN_TITLE = 8  # letters and digits of a title that is looked for in the page's
MAX_OBJECTS = 20_000  # looked at in a page
_STATE = regex.compile(
    r"(?:window|self|globalThis)(?:\.|\[[\"'])__\w+__(?:[\"']\])?\s*=\s*(?=[{\[])|^[ \t]{0,40}(?=[{\[])",
    regex.MULTILINE,
)
_PUSHED = regex.compile(r"self\.__next_f\.push\((?P<row>\[.*?\])\)\s*;?\s*$", regex.DOTALL)
_HAS_WORDS = regex.compile(r"\p{L}{2,}\s+\p{L}{2,}\s+\p{L}{2,}")


def articles(root: Element | None) -> Iterator[Mapping[str, object]]:
    """Yield the objects in the page's scripts, outer ones first. Must be asked before they are taken out."""
    if root is None:
        return
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


def article(
    rows: Sequence[Mapping[str, object]], headings: Sequence[str], *, is_shell: bool
) -> Mapping[str, object] | None:
    """Return the one of *rows* with the longest text; in a page that *is_shell* and no more, of any title.

    Elsewhere its title must be one of *headings*: lists bring the texts of what they list.
    """
    told = [row for row in rows if text_of(row) and (is_shell or _is_named(row, headings))]
    return max(told, key=lambda row: len(text_of(row) or ""), default=None)


def text(row: Mapping[str, object]) -> str:
    """Return the text in *row*, below its summary if the text lacks that."""
    return with_lead(clean(plain_text(text_of(row) or "")), summary_of(row), None)


def summary(rows: Sequence[Mapping[str, object]], headings: Sequence[str]) -> Mapping[str, object] | None:
    """Return the first of *rows* that has the title of the page, a date or an address, and a summary."""
    return next((row for row in rows if summary_of_linked(row) and _is_named(row, headings)), None)


def _is_named(row: Mapping[str, object], headings: Sequence[str]) -> bool:
    title = key(from_mapping(row, UTC).title or "")
    return len(title) >= MIN_TITLE and any(title in key(text) for text in headings)


def _values(root: Element) -> Iterator[object]:
    pushed: list[str] = []
    for script in root.iter("script"):
        text = script.text or ""
        if len(text) < MIN_SCRIPT_TEXT or not _HAS_WORDS.search(text):
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
        {name: value[at] if at in places else at for name, at in item.items()}
        for item in value
        if isinstance(item, dict)
    ]


def _state(text: str) -> object:
    match = _STATE.search(text)
    if match is None:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, match.end())[0]
    except (ValueError, RecursionError):
        return None


def _loaded(text: str) -> list[object] | dict[str, object] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list | dict) else None
