"""The talk between a worker and the process that asked it: lines of JSON, an article's body behind its line.

Never pickled objects: whoever takes over a parser with a hostile file must not get at the bot through it.
"""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retrieval.article import Article, body_of_bytes, bytes_of_body
from retrieval.errors import ArticleError, ReadError
from retrieval.readers.files import Rows, SourceFile
from retrieval.readers.links.link import PageLink

DONE = b'{"done":true}\n'


def pack_file(file: SourceFile) -> bytes:
    """Return the request to read *file*."""
    content = None if file.content is None else base64.b64encode(file.content).decode()
    path, source = str(file.path), str(file.source)
    said: list[object] = [path, source, file.language, file.timezone.key, file.member, content]
    rows = file.rows and [file.rows.first, file.rows.start, file.rows.size]
    said += [file.address, file.encoding, file.is_list, rows]
    return _line(said)


def unpack_file(line: bytes) -> SourceFile:
    """Return the file of a request."""
    path, source, language, timezone, member, content, address, encoding, is_list, rows = json.loads(line)
    return SourceFile(
        path=Path(path),
        source=Path(source),
        language=language,
        timezone=ZoneInfo(timezone),
        member=member,
        content=None if content is None else base64.b64decode(content),
        address=address,
        encoding=encoding,
        is_list=is_list,
        rows=rows and Rows(first=rows[0], start=rows[1], size=rows[2]),
    )


def pack_item(item: Article | ReadError | PageLink) -> bytes:
    """Return what a file gave: a line, and behind it the body of an article, whose size the line tells."""
    if isinstance(item, PageLink):
        return _line({"link": [item.address, item.changed, item.is_list]})
    if isinstance(item, ReadError):
        said: dict[str, Any] = {"origin": item.origin, "reason": item.reason.msgid}
        said["values"] = item.reason.plain_values
        return _line(said)
    body = bytes_of_body(item.body)
    said = {name: getattr(item, name) for name in Article.__slots__}
    said["body"] = len(body)
    said["published"] = item.published.isoformat() if item.published else None
    return _line(said) + body


def unpack_item(line: bytes, behind: Callable[[int], bytes]) -> Article | ReadError | PageLink | None:
    """Return what a file gave; None at its end. *behind* gives so many bytes that come after the *line*.

    Raises ``ValueError`` for what is no such line.
    """
    said = json.loads(line)
    if not isinstance(said, dict) or said.get("done"):
        return None
    if "reason" in said:
        return ReadError(str(said["origin"]), str(said["reason"]), **said["values"])
    if "link" in said:
        address, changed, is_list = said["link"]
        return PageLink(address=str(address), changed=str(changed), is_list=bool(is_list))
    published = said.pop("published")
    pages = tuple(said.pop("pages"))
    size = said["body"]
    if type(size) is not int or size < 0:
        raise ValueError("no size")
    try:
        said["body"] = body_of_bytes(behind(size))
        return Article(**said, pages=pages, published=published and datetime.fromisoformat(published))
    except (TypeError, ArticleError) as error:
        raise ValueError("no article") from error


def _line(said: object) -> bytes:
    # Letters as they are take half the time of "\\u1ec3"; half a character, of a name, goes through, too.
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
