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
    "broken UTF-16",
    "save the file as UTF-8",
    "larger than {size}",
    "no text",
    '"text" is missing or no string',
    "no article found in this page",
    "not readable as HTML",
    "unsupported format {suffix}",
    "no suffix that tells the format",
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
    "an old Vietnamese font",
    "convert it to Unicode, for example with UniKey",
    "its letters were encoded twice",
    "save it once more from the program it was written in",
    "damaged archive",
    "an archive of over {n} files",
    "send fewer at once",
    "an archive that unpacks to far too much",
    "a file in this archive leads out of it",
    "pack the folder anew",
    "an archive in an archive is not read",
    "unpack it first",
    "an archive of a kind that is not read",
    "pack it as ZIP",
    "locked with a password",
    "save it without one",
    "XML that defines entities is not read",
    "damaged",
    "not the XML it should be",
    "open it in Word and save it as DOCX",
    "save it as DOCX",
    "save it as DOCX or PDF",
    "save it as an Excel file",
    "save it anew",
    "save it anew, or as PDF",
    "not a table",
    "over {n} rows",
    "no rows below the names of the columns",
    "damaged letter",
    "a letter of over {n} parts",
    "a picture of text, which needs Tesseract",
    "a picture of text, which needs Vietnamese for Tesseract",
    "install the packages tesseract-ocr and tesseract-ocr-vie",
    "install the package tesseract-ocr-vie",
    "no text could be made out in this picture",
    "scan it straight and at 300 dots an inch",
    "damaged picture",
    "a photograph of a kind that is not read",
    "send it as JPEG",
    "a book of over {n} pages",
    "send it in parts",
    "took over {n} seconds to read",
    "needs over 1 GB of memory to be read",
    "broke the program that reads it",
    "not readable",
    "slides are not read",
    "save them as PDF and send that",
    "sound and film are not read",
    "send the text",
    "a document of a kind that is not read",
    "send a Word, PDF or Excel file, a web page or plain text",
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
