"""Why a file could not be read, in the reader's language."""

import re

from bot.language import Texts

# Message ids: whole reasons, whose values may hold anything, and the parts that other reasons consist of.
SENTENCES = (
    "the id “{id}” stands already in {place}",
    "the id “{id}” belongs to {place}",
    "not an article: a row is {row}",
)
PARTS = (
    "empty",
    "binary",
    "not decodable",
    "byte {n} is not UTF-8",
    "an old Vietnamese font (VNI or TCVN3)",
    "broken UTF-16",
    "save the file as UTF-8",
    "convert it to Unicode",
    "larger than {size}",
    "no text",
    '"text" is missing or no string',
    "no article found in this page",
    "not readable as HTML",
    "unsupported format {suffix}",
    "no suffix that tells the format",
    "use .txt, .md, .html or .jsonl",
    "cannot be opened",
    "the folder cannot be opened",
    "no such file or folder",
    "not a regular file",
    "front matter",
    "front matter, line {n}",
    "the closing --- is missing",
    "put the value in quotes",
    "use spaces instead of tabs",
    "damaged {suffix} file",
    "given up",
    "none of the first {n} rows is an article",
    "over {n} blank rows",
    "not JSON",
    "not UTF-8",
    "line {n}",
    "more than one arrow =>",
    "a wording is missing",
    "only one wording",
)

_SEPARATOR = re.compile(r"(: |; )")
_PLACEHOLDER = re.compile(r"\\{(\w+)\\}")


def reason(texts: Texts, given: str) -> str:
    """Return the reason *given* for a file, with its known parts translated; the rest stays English.

    ``retrieval`` speaks English only: its reasons also go to logs and to machines.
    """
    parts = (_translated(texts, PARTS, part) or part for part in _SEPARATOR.split(given))
    return _translated(texts, SENTENCES, given) or "".join(parts)


def _translated(texts: Texts, msgids: tuple[str, ...], given: str) -> str | None:
    for msgid in msgids:
        if match := re.fullmatch(_PLACEHOLDER.sub(r"(?P<\1>.+)", re.escape(msgid)), given, re.DOTALL):
            return texts(msgid, **match.groupdict())
    return None
