"""Files to read, for the tests of the readers."""

import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import read

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def items(path: Path, content: str | bytes | None = None) -> list[Article | ReadError]:
    """Return all that reading *path* gives, after writing *content* to it."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(path, source=path, language="vi", timezone=HANOI))


def article(path: Path, content: str | bytes | None = None) -> Article:
    """Return the one article of a file."""
    (item,) = items(path, content)
    assert isinstance(item, Article), item
    return item


def reason(path: Path, content: str | bytes | None = None) -> str:
    """Return why a file cannot be read."""
    (item,) = items(path, content)
    assert isinstance(item, ReadError), item
    assert item.origin == str(path.resolve())
    return str(item.reason)


def windows_1258(text: str) -> bytes:
    """Encode Vietnamese as Windows does: the tone as a mark of its own wherever there is no whole letter."""
    encoded = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            encoded += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            (tone,) = set(marks) & set("\u0300\u0301\u0303\u0309\u0323")
            vowel = unicodedata.normalize("NFC", marks.replace(tone, ""))
            encoded += f"{vowel}{tone}".encode("cp1258")
    return bytes(encoded)
