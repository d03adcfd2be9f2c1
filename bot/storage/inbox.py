"""The inbox: what admins send over Telegram and channels post becomes files, or pages that are followed."""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from retrieval.article import Article, file_of, web_url
from retrieval.collection.collection import Collection
from retrieval.collection.report import Report, Step
from retrieval.errors import ReadError, StoreError
from retrieval.readers.channel import USERNAME, as_export, file_name, folder_name, post_id, post_url
from retrieval.readers.correction import Correction, correction_path
from retrieval.readers.post import titled
from retrieval.text.canonical import clean

_STEM = 80  # characters: with every letter of three bytes still a name that file systems take
_PACKED = (".gz", ".xz")
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")

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
            before = _saved(path)
            if before in (None, content) or channel is not None:
                return self._take_as(path, content, progress, said)
            old, free = self._collection.read_from(path), _free(path)
            taken = self._take_as(free, content, progress, said)
            if not taken.is_in or not _is_version(old, taken):
                return taken
            self._take_out([free])
            _save(_before(path), before)
            return self._take_as(path, content, progress, said)

    def take_link(self, address: str, progress: Tell) -> Taken:
        """Read in the page at *address*, which is looked after from then on. Raises as ``take``."""
        report = self._collection.reload([address], progress=progress)
        articles = self._collection.read_from(address) if went_in(report) else ()
        return Taken(report=report, articles=tuple(articles))

    def take_text(self, text: str, written: datetime, source: str, progress: Tell) -> Taken:
        """Read in a message that an admin sent; *source* names the message: the same takes its own place."""
        name, content = as_file(text, written, source)
        path = self._folder / name
        with self._turn:
            if (before := _saved(path)) is not None:
                _save(_before(path), before)
            return self._take_as(path, content, progress)

    def has_text(self, source: str) -> bool:
        """Tell whether the text of the message that *source* names was taken in."""
        return (self._folder / _text_name(source)).exists()

    def take_post(self, post: Post, progress: Tell) -> list[Taken]:
        """Read in a channel's post and the document that it brings; take out what it has no more.

        Raises as ``take``, and ``ReadError`` if it never had either.
        """
        folder = self._folder / folder_name(post.channel)
        with self._turn:
            _save(folder / USERNAME, (post.username or "").encode())
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
            _saving(path, lambda: correction.save(path))
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
            before = _saved(_before(path))
            if before is None:
                self._take_out([path])
            else:
                _before(path).unlink()
                correction_path(path).unlink(missing_ok=True)
                _save(path, before)
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
        before, correction = _saved(path), Correction.of(path)
        try:
            _save(path, content)
            if said:
                _saving(path, lambda: said.save(path))
            report = self._collection.reload([path, *beside], progress=progress)
        except BaseException:
            _put_back(path, before, correction)
            raise
        if not went_in(report):
            _put_back(path, before, correction)
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


def safe_name(name: str) -> str:
    """Return a name for a file that leads to no other folder and hides none; the suffix stays."""
    path = PurePath(_NOT_IN_A_NAME.sub("-", clean(name)).strip("-.") or "-")
    suffix = _suffix(path)
    stem = path.name.removesuffix(suffix)[:_STEM].rstrip("-.")
    return f"{stem or 'telegram'}{suffix}"


def as_file(text: str, written: datetime, source: str) -> tuple[str, bytes]:
    """Return name and content of the file for a message; of each *source* there is one, whatever it says."""
    title, body = titled(text)
    row = {"title": title, "text": body, "date": written.isoformat()}
    return _text_name(source), json.dumps(row, ensure_ascii=False).encode()


def _text_name(source: str) -> str:
    return f"tin-{hashlib.sha256(source.encode()).hexdigest()[:16]}.jsonl"


def _suffix(path: PurePath) -> str:
    return "".join(path.suffixes[-2:] if path.suffix.lower() in _PACKED else path.suffixes[-1:])


def _free(path: Path) -> Path:
    """Return a path like *path* at which there is nothing yet."""
    suffix, number = _suffix(path), 2
    while (free := path.with_name(f"{path.name.removesuffix(suffix)}-{number}{suffix}")).exists():
        number += 1
    return free


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


def _before(path: Path) -> Path:
    return path.with_name(f".{path.name}.before")


def _saved(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def _save(path: Path, content: bytes) -> None:
    def save() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden, so that no reload meets half a file.
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)

    _saving(path, save)


def _saving(path: Path, save: Callable[[], None]) -> None:
    try:
        save()
    except OSError as error:
        raise StoreError.unsaved("the file", path.parent, error) from error


def _put_back(path: Path, before: bytes | None, correction: Correction) -> None:
    if before is None:
        path.unlink(missing_ok=True)
        correction_path(path).unlink(missing_ok=True)
    else:
        _save(path, before)
        if correction != Correction():
            correction.save(path)
