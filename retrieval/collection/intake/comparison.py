"""Compare the sources, as they are now, with what the store holds: what is new, different, gone?"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from retrieval.article import Article, file_of
from retrieval.collection.intake.copies import Copies, CopyKeys
from retrieval.collection.report import Copy, Failure, Step
from retrieval.errors import ReadError, Reason
from retrieval.readers import discover
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.pool import Pool
from retrieval.store.articles import Entry, Store
from retrieval.store.changes import Change, Changes, Move

HOME = ""  # the source of what came from the articles folder, wherever that is


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The articles that one source speaks for: one of them that was not read this time is gone."""

    source: str  # HOME, or the path of a source elsewhere; stored with the article
    root: Path  # what ids are made relative to
    path: Path  # the file or folder to read: the root or something below it

    def covers(self, entry: Entry) -> bool:
        """Whether a stored article is this scope's to remove: it came from here, or its file lies here."""
        place = file_of(entry.origin)
        is_below = place == str(self.path) or place.startswith(f"{self.path}{os.sep}")
        return is_below or (entry.source == self.source and self.path == self.root)


def scopes(sources: Sequence[Path], articles_dir: Path) -> list[Scope]:
    """Return what to read: the articles folder, or *sources* if there are any.

    A source inside the articles folder is a part of it: its articles are the ones that reloading the
    whole folder finds. Any other source stands for itself.
    """
    home = _real(articles_dir)
    if not sources:
        return [Scope(source=HOME, root=home, path=home)]
    paths = [_real(source) for source in sources]
    return [
        Scope(source=HOME, root=home, path=path)
        if path.is_relative_to(home)
        else Scope(source=str(path), root=path, path=path)
        for path in paths
    ]


def _stands(origin: str) -> bool:
    """Whether what an article was read from is still there, as far as can be told without the network."""
    return origin.startswith(("http://", "https://")) or os.path.lexists(file_of(origin))


def _real(path: Path) -> Path:
    # Path.resolve() raises if links lead in a circle; reading such a source gives the reason.
    return Path(os.path.realpath(path))


class Comparison:
    """Reads the files of some scopes and notes in *changes* what is different from *entries*."""

    def __init__(
        self, scopes: Sequence[Scope], store: Store, entries: Mapping[str, Entry], changes: Changes
    ) -> None:
        self.added = self.updated = self.unchanged = 0
        self.failed: list[Failure] = []
        self.copies: list[Copy] = []
        self._scopes = scopes
        self._entries = entries
        self._changes = changes
        self._seen: dict[str, str] = {}  # id → origin
        self._unread: set[str] = set()  # origins
        self._known = Copies(entries, lambda id_: changes.find(id_) or store.find(id_))
        self._withheld = store.withheld()
        self._waiting: list[tuple[Article, Scope, CopyKeys]] = []

    @property
    def removed(self) -> int:
        """The number of articles that are gone."""
        return len(self._changes.removals)

    def run(self, *, language: str, timezone: ZoneInfo, progress: Callable[[Step], None]) -> None:
        """Read everything.

        Raises ``ReadError`` if a source is not there and never was; a file that cannot be read is in
        ``failed``.
        """
        files = self._files()
        progress(Step(stage="read", done=0, total=len(files)))
        sources = (
            SourceFile(path=path, source=scope.root, language=language, timezone=timezone)
            for path, scope in files.items()
        )
        done = 0
        with Pool() as pool:
            for file, result in pool.read(sources):
                if result is None:
                    done += 1
                    progress(Step(stage="read", done=done, total=len(files)))
                elif isinstance(result, ReadError):
                    self._unread.add(result.origin)
                    self.failed.append(Failure(origin=result.origin, reason=result.reason))
                else:
                    self._take(result, files[file.path])
        self._settle()
        self._changes.removals.extend(self._gone())

    def _files(self) -> dict[Path, Scope]:
        files: dict[Path, Scope] = {}
        for scope in self._scopes:
            if not self._is_gone(scope):
                for path in discover(scope.path):
                    files.setdefault(path, scope)
        return files

    def _is_gone(self, scope: Scope) -> bool:
        """Whether a source that once gave articles is there no more: it reads as an empty one.

        A missing articles folder does not: a mistyped setting must not empty the collection.
        """
        if os.path.lexists(scope.path) or (scope.source == HOME and scope.path == scope.root):
            return False
        return any(scope.covers(entry) for entry in self._entries.values())

    def _take(self, article: Article, scope: Scope) -> None:
        article = self._apart(article)
        if reason := self._refusal(article):
            self.failed.append(Failure(origin=article.origin, reason=reason))
            return
        keys = CopyKeys.of(article, self._entries.get(article.id))
        first = next(self._known.of(article, keys), None)
        if first is None:
            self._admit(article, scope, keys)
        elif first in self._seen:
            self.copies.append(Copy(origin=article.origin, of=first))
        else:  # whether the stored one is still there shows at the end
            self._waiting.append((article, scope, keys))

    def others(self, article: Article) -> list[str]:
        """Return the ids of the articles, stored or let in, that *article* is a copy of."""
        return list(self._known.of(article, CopyKeys.of(article)))

    def let_in(self, article: Article, source: str, keys: CopyKeys) -> None:
        """Note what is different about an *article* of *source* that may go in."""
        self._seen[article.id] = article.origin
        self._known.add(article, keys)
        entry = self._entries.get(article.id)
        if entry is not None and entry.content_hash == article.content_hash:
            self.unchanged += 1
            place = {"source": source, "origin": article.origin, "text_key": keys.text, "near_key": keys.near}
            if any(getattr(entry, name) != value for name, value in place.items()):
                self._changes.moves.append(Move(id=article.id, **place))
            return
        if entry is None:
            self.added += 1
        else:
            self.updated += 1
        is_new, text, near = entry is None, keys.text, keys.near
        self._changes.put(Change(article=article, source=source, is_new=is_new, text_key=text, near_key=near))

    def _admit(self, article: Article, scope: Scope, keys: CopyKeys) -> None:
        for id_ in list(self._known.shorter(article, keys)):
            self._give_way(id_, article.id)
        self.let_in(article, scope.source, keys)

    def _give_way(self, id_: str, fuller: str) -> None:
        """Take an article out that was let in, as a copy of a *fuller* one that was read later."""
        if id_ not in self._seen or id_ in self._withheld:
            return
        was_put = self._changes.drop(id_)
        if id_ not in self._entries:
            self.added -= 1
        elif was_put:
            self.updated -= 1
        else:
            self.unchanged -= 1
        self._known.drop(id_)
        self.copies = [replace(copy, of=fuller) if copy.of == id_ else copy for copy in self.copies]
        self.copies.append(Copy(origin=self._seen.pop(id_), of=fuller))

    def _settle(self) -> None:
        """Let those in that were waiting for an article which is gone, or is another one now."""
        gone = set(self._gone()) if self._waiting else set()
        for article, scope, keys in self._waiting:
            others = (id_ for id_ in self._known.of(article, keys) if self._stays(id_, gone))
            if first := next(others, None):
                self.copies.append(Copy(origin=article.origin, of=first))
            elif reason := self._refusal(article):
                self.failed.append(Failure(origin=article.origin, reason=reason))
            else:
                self._admit(article, scope, keys)

    def _stays(self, id_: str, gone: Collection[str]) -> bool:
        return id_ in self._seen or (id_ not in gone and _stands(self._entries[id_].origin))

    def _apart(self, article: Article) -> Article:
        """Return *article* under an id of its own if another file declared the same address.

        Some portals declare one address on all their pages; that address leads to none of them.
        """
        first = self._seen.get(article.id)
        if first is None or article.id != article.url or file_of(first) == file_of(article.origin):
            return article
        return replace(article, id=f"{article.url}#{os.path.basename(article.origin)}", url=None)

    def _refusal(self, article: Article) -> Reason | None:
        """Return why this article cannot go in; None if it can."""
        if first := self._seen.get(article.id):
            return Reason("the id “{id}” is used in {origin} already", {"id": article.id, "origin": first})
        entry = self._entries.get(article.id)
        if entry is None or entry.origin == article.origin or any(s.covers(entry) for s in self._scopes):
            return None
        if not _stands(entry.origin):  # its file was moved here, out of a source that is not read now
            return None
        return Reason("the id “{id}” belongs to {origin}", {"id": article.id, "origin": entry.origin})

    def _gone(self) -> Iterator[str]:
        """Yield the ids that were to be found this time and were not.

        A file speaks also for articles that another source once read from it. What could not be read,
        or lies in a folder that could not be read, is not gone.
        """
        files = {file_of(origin) for origin in self._seen.values()}
        for id_, entry in self._entries.items():
            if id_ in self._seen or self._is_unread(entry.origin):
                continue
            if file_of(entry.origin) in files or any(scope.covers(entry) for scope in self._scopes):
                yield id_

    def _is_unread(self, origin: str) -> bool:
        if not self._unread:  # as a rule; and this is asked of every article that is stored
            return False
        file = file_of(origin)
        return not self._unread.isdisjoint([origin, file, *map(str, Path(file).parents)])
