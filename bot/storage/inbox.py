"""The inbox: what admins send over Telegram and channels post becomes files, or pages that are followed."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.storage.inbox_files import (
    free_path,
    path_before,
    put_back,
    safe_name,
    save_content,
    saved_content,
    saving_to,
    text_as_file,
    text_name,
)
from retrieval.article import Article, file_of, web_url
from retrieval.collection.collection import Collection
from retrieval.collection.report import Report, Step
from retrieval.errors import ReadError
from retrieval.readers.channel import USERNAME, as_export, file_name, folder_name, post_id, post_url
from retrieval.readers.fields.correction import Correction, correction_path
from retrieval.readers.post import titled

Tell = Callable[[Step], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The outcome of a file or a link that was sent."""

    report: Report  # on this alone
    articles: tuple[Article, ...]  # that it gives now; none if nothing of it went in
    copied: Article | None = None  # the article that is there already, if it only says the same

    @property
    def is_in(self) -> bool:
        """Whether any article of it is in the collection now."""
        return went_in(self.report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file beside the words of a message."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A channel's post, as Telegram tells it."""

    channel: int  # its bare number, without the -100
    name: str
    username: str | None  # of a public channel
    number: int
    text: str  # "" if it has no words, or no more
    written: datetime
    document: Attachment | None = None  # that it brings


class Inbox:
    """The folder ``telegram`` below that of the articles. Threads may share it; one at a time is let in."""

    def __init__(self, collection: Collection, articles_dir: Path) -> None:
        self._collection = collection
        self._folder = articles_dir / "telegram"
        self._turn = threading.Lock()

    def take(self, name: str, content: bytes, progress: Tell, said: Correction | None = None) -> Taken:
        """Save *content* under the safe form of *name* and read it in; *said* of it counts more than it says.

        A file with this name gives way if it is about the same (``_is_version``); else both stay. If nothing
        of the new one goes in, or this raises, the folder is left as it was. Raises as ``Collection.reload``.
        """
        channel = as_export(content) if name.lower().endswith(".json") else None
        folder = self._folder if channel is None else self._folder / folder_name(channel)
        path = folder / safe_name(name)
        with self._turn:
            before = saved_content(path)
            if before in (None, content) or channel is not None:
                return self._take_as(path, content, progress, said)
            old, free = self._collection.read_from(path), free_path(path)
            taken = self._take_as(free, content, progress, said)
            if not taken.is_in or not _is_version(old, taken):
                return taken
            self._take_out([free])
            save_content(path_before(path), before)
            return self._take_as(path, content, progress, said)

    def take_link(self, address: str, progress: Tell) -> Taken:
        """Read in the page at *address*, which is looked after from then on. Raises as ``take``."""
        report = self._collection.reload([address], progress=progress)
        articles = self._collection.read_from(address) if went_in(report) else ()
        return Taken(report=report, articles=tuple(articles))

    def take_text(self, text: str, written: datetime, source: str, progress: Tell) -> Taken:
        """Read in a message that an admin sent; *source* names the message: the same takes its own place."""
        name, content = text_as_file(text, written, source)
        path = self._folder / name
        with self._turn:
            if (before := saved_content(path)) is not None:
                save_content(path_before(path), before)
            return self._take_as(path, content, progress)

    def has_text(self, source: str) -> bool:
        """Tell whether the text of the message that *source* names was taken in."""
        return (self._folder / text_name(source)).exists()

    def take_post(self, post: Post, progress: Tell) -> list[Taken]:
        """Read in a channel's post and the document that it brings; take out what it has no more.

        Raises as ``take``, and ``ReadError`` if it never had either.
        """
        folder = self._folder / folder_name(post.channel)
        with self._turn:
            save_content(folder / USERNAME, (post.username or "").encode())
            taken: list[Taken] = []
            words, path = folder / file_name(post.number), None
            if post.document:
                path = folder / f"{post.number}-{safe_name(post.document.name)}"
            if titled(post.text)[1]:
                taken.append(self._take_words(post, words, progress))
            elif words.exists():
                taken.append(Taken(report=self._take_out([words], progress), articles=()))
            if others := [file for file in folder.glob(f"{post.number}-*") if file != path]:
                taken.append(Taken(report=self._take_out(others, progress), articles=()))
            if post.document and path:
                taken.append(self._take_document(post, post.document, path, progress))
        if not taken:
            raise ReadError(post_url(post.channel, post.number, post.username), "no text")
        return taken

    def _take_words(self, post: Post, path: Path, progress: Tell) -> Taken:
        title, body = titled(post.text)
        row = {
            "id": post_id(post.channel, post.number),
            "title": title,
            "text": body,
            "url": post_url(post.channel, post.number, post.username),
            "date": post.written.isoformat(),
            "section": post.name,
        }
        # An older export may hold the post: both are read, so that the article changes its place.
        exported = [file for file in path.parent.glob("*.json") if not path.exists()]
        content = json.dumps(row, ensure_ascii=False).encode()
        return self._take_as(path, content, progress, beside=exported)

    def _take_document(self, post: Post, document: Attachment, path: Path, progress: Tell) -> Taken:
        said = Correction(url=post_url(post.channel, post.number, post.username))
        taken = self._take_as(path, document.content, progress, said)
        if any(article.published for article in taken.articles) or not taken.is_in:
            return taken
        said = replace(said, published=post.written)  # it bears no date of its own
        return self._take_as(path, document.content, progress, said)

    def correct(self, key: str, **changes: object) -> Article | None:
        """Let the article with this ``Article.key`` have another title, date or address; return it.

        None if it is not the only article of a page, or of a file in the inbox. Raises as ``take``.
        """
        if page := self._page(key):
            self._collection.followed.correct(page, **changes)
            return self._collection.article(key)
        path = self._file(key)
        if path is None or len(self._collection.read_from(path)) != 1:
            return None
        with self._turn:
            correction = replace(Correction.of(path), **changes)  # type: ignore[arg-type]
            saving_to(path, lambda: correction.save(path))
            self._collection.reload([path])
            return next(iter(self._collection.read_from(path)), None)

    def undo(self, key: str) -> Article | None:
        """Take the file or page of the article with this key out again, or put back the one before it.

        Return the article; None if it is in neither. Raises as ``take``.
        """
        if page := self._page(key):
            article = self._collection.article(key)
            self._collection.followed.forget(page)
            return article
        path = self._file(key)
        if path is None:
            return None
        with self._turn:
            article = self._collection.article(key)
            before = saved_content(path_before(path))
            if before is None:
                self._take_out([path])
            else:
                path_before(path).unlink()
                correction_path(path).unlink(missing_ok=True)
                save_content(path, before)
                self._collection.reload([path])
            return article

    def _page(self, key: str) -> str | None:
        article = self._collection.article(key)
        return file_of(article.origin) if article and web_url(article.origin) else None

    def _file(self, key: str) -> Path | None:
        article = self._collection.article(key)
        path = Path(file_of(article.origin)) if article else None
        return path if path and path.is_relative_to(self._folder.resolve()) else None

    def _take_as(
        self,
        path: Path,
        content: bytes,
        progress: Tell,
        said: Correction | None = None,
        beside: Sequence[Path] = (),
    ) -> Taken:
        before, correction = saved_content(path), Correction.of(path)
        try:
            save_content(path, content)
            if said:
                saving_to(path, lambda: said.save(path))
            report = self._collection.reload([path, *beside], progress=progress)
        except BaseException:
            put_back(path, before, correction)
            raise
        if not went_in(report):
            put_back(path, before, correction)
        copied = self._collection.find(report.copies[0].of) if report.copies else None
        return Taken(report=report, articles=tuple(self._collection.read_from(path)), copied=copied)

    def _take_out(self, paths: Sequence[Path], progress: Tell | None = None) -> Report:
        for path in paths:
            path.unlink(missing_ok=True)
            correction_path(path).unlink(missing_ok=True)
        return self._collection.reload(paths, progress=progress)


def went_in(report: Report) -> bool:
    """Tell whether any article of what was sent is in the collection now."""
    return report.added + report.updated + report.unchanged > 0


def _is_version(old: Sequence[Article], taken: Taken) -> bool:
    """Tell whether a file is another version of one that gave *old*.

    It is if half of these are in it again: word for word, or with their title and day.
    """

    def names(articles: Sequence[Article]) -> set[tuple[str, object]]:
        days = (
            (article.title.casefold(), article.published and article.published.date()) for article in articles
        )
        return set(days)

    again = len(names(old) & names(taken.articles))
    again += len({article.id for article in old} & {copy.of for copy in taken.report.copies})
    return 2 * again >= max(1, len(old))
