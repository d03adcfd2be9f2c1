"""A Telegram channel: the addresses of its posts, and the file that Telegram Desktop exports it to.

The newest posts come from Telegram itself, each as a file of its own in the folder of its channel; an export
in that folder (``result.json``) gives the others.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers.fields.dates import since_1970
from retrieval.readers.fields.fields import Fields, to_article
from retrieval.readers.files import SourceFile
from retrieval.readers.post import titled

_LISTS = ("chats", "left_chats")  # of the export of a whole account
USERNAME = ".username"  # the file in the folder of a channel that holds its public name


def post_id(channel: int, number: int) -> str:
    """Return the id of a channel's post: its address for members, which stays if the channel is renamed."""
    return f"https://t.me/c/{channel}/{number}"


def post_url(channel: int, number: int, username: str | None) -> str:
    """Return the address of a post; that of a private channel opens for its members only."""
    return f"https://t.me/{username}/{number}" if username else post_id(channel, number)


def folder_name(channel: int) -> str:
    """Return the name of the folder of a channel. *channel* is its bare number, without the -100."""
    return f"kenh-{channel}"


def file_name(number: int) -> str:
    """Return the name of the file of a post."""
    return f"{number}.jsonl"


def exported(value: object) -> int | None:
    """Return the number of the channel whose export *value* is; None if it is something else."""
    if not isinstance(value, Mapping) or not isinstance(value.get("messages"), list):
        return None
    number = value.get("id")
    return number if str(value.get("type", "")).endswith("channel") and isinstance(number, int) else None


def channels(value: object) -> list[Mapping[str, object]]:
    """Return the channels whose export *value* is: one, those of a whole account, or none."""
    if exported(value) is not None:
        return [cast("Mapping[str, object]", value)]
    if not isinstance(value, Mapping):
        return []
    lists = (part.get("list") for name in _LISTS if isinstance(part := value.get(name), Mapping))
    return [it for chats in lists if isinstance(chats, list) for it in chats if exported(it) is not None]


def read_export(value: Mapping[str, object], file: SourceFile) -> Iterator[Article | ReadError]:
    """Yield the posts of a channel that have words, but those that lie beside it as files of their own."""
    posts, channel = value["messages"], exported(value)
    assert isinstance(posts, list)
    assert channel is not None
    username = _username(value, file.path.parent)
    for post in posts:
        if not isinstance(post, dict) or post.get("type") != "message" or not isinstance(post.get("id"), int):
            continue
        if file.content is None and file.path.with_name(file_name(post["id"])).exists():
            continue
        title, body = titled(words(post.get("text")))
        if not body:
            continue
        fields = Fields(
            id=post_id(channel, post["id"]),
            title=title,
            url=post_url(channel, post["id"], username),
            published=_date(post, file),
            section=str(value.get("name") or "") or None,
        )
        yield to_article(file, fields, body, row=post["id"])


def words(text: object) -> str:
    """Return the words of a message's text, which is a string or a list of plain and marked pieces."""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        return words(text.get("text"))
    return "".join(map(words, text)) if isinstance(text, list) else ""


def _username(value: Mapping[str, object], folder: Path) -> str | None:
    try:
        return folder.joinpath(USERNAME).read_text("utf-8").strip() or None
    except (OSError, ValueError):
        said = value.get("username")
        return said if isinstance(said, str) else None


def _date(post: Mapping[str, object], file: SourceFile) -> datetime | None:
    try:
        return since_1970(float(str(post.get("date_unixtime"))), file.timezone)
    except ValueError:
        pass
    try:
        written = datetime.fromisoformat(str(post.get("date")))
    except ValueError:
        return None
    return written if written.tzinfo else written.replace(tzinfo=file.timezone)


def as_export(content: bytes) -> int | None:
    """Return the number of the channel whose export *content* is; None if it is something else."""
    try:
        return exported(json.loads(content))
    except (ValueError, RecursionError):
        return None
