"""Backup: all that belongs to a collection in one file, and back.

    hoibao.json       {"format", "generation", "made"}
    database.sqlite3  as it was at one moment
    index/            of the same generation
    articles/         the files that a reload reads

A ``.tar.gz`` of these. Saving and restoring hold the lock of a reload, so that database and index belong
together; whoever asks meanwhile is answered.
"""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from retrieval.collection.lock import reload_lock
from retrieval.collection.synonym_file import HELD_COPIES
from retrieval.errors import BackupError
from retrieval.index import files
from retrieval.store.articles import Store
from retrieval.store.copying import copy_all
from retrieval.store.database import Database, copy_sqlite

BACKUP_FORMAT = 1
_LABEL, _DATABASE, _INDEX, _ARTICLES = "hoibao.json", "database.sqlite3", "index", "articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A backup."""

    made: datetime  # aware
    articles: int  # in the database
    files: int  # of articles; restored: those that were missing
    size: int  # bytes


def save(file: Path, *, database_url: str, index_dir: Path, articles_dir: Path) -> Saved:
    """Write the backup *file*, readable for its owner only; an older one is replaced once all is written.

    Raises ``BackupError``, ``ReloadRunningError``, ``StoreError``.
    """
    made = datetime.now(UTC)
    part = file.with_name(f"{file.name}.part")
    with _plain(file), _stage(file.parent) as stage:
        with reload_lock(index_dir):
            _save_database(database_url, stage / _DATABASE)
            files.copy_index(index_dir, stage / _INDEX)
            _copy_lists(index_dir, stage / _INDEX)
        generation, articles = _checked(stage / _DATABASE)
        label = {"format": BACKUP_FORMAT, "generation": generation, "made": made.isoformat()}
        (stage / _LABEL).write_text(json.dumps(label), encoding="utf-8")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "wb") as raw:
                with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
                    for name in (_LABEL, _DATABASE, _INDEX):  # the label first: it is read first
                        tar.add(stage / name, name)
                    number = _add_articles(tar, articles_dir)
                raw.flush()
                os.fsync(raw.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    return Saved(made=made, articles=articles, files=number, size=file.stat().st_size)


def restore(file: Path, *, database_url: str, index_dir: Path, articles_dir: Path) -> Saved:
    """Bring database and index back to what *file* holds, and the articles' files that are missing.

    The backup is unpacked and checked before anything is changed. SQLite's database is replaced, and moved
    aside, as ``….damaged``, if it cannot be opened; PostgreSQL's must be empty. Raises ``BackupError``,
    ``ReloadRunningError``, ``StoreError``.
    """
    with _plain(file), _stage(_made(index_dir)) as stage:
        label = _unpack(file, stage)
        _, articles = _checked(stage / _DATABASE)
        with reload_lock(index_dir):
            # First the parts, last the manifest: a process that is killed leaves an index to be built again.
            _put_database_back(stage / _DATABASE, database_url)
            if (stage / _INDEX / files.MANIFEST).exists():
                files.copy_index(stage / _INDEX, index_dir)
            _copy_lists(stage / _INDEX, index_dir)
        number = _put_back(stage / _ARTICLES, articles_dir)
    made = datetime.fromisoformat(label["made"])
    return Saved(made=made, articles=articles, files=number, size=file.stat().st_size)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _stage(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".hoibao-") as stage:
        yield Path(stage)


@contextmanager
def _plain(file: Path) -> Iterator[None]:
    """Raise what the system or the file's form refuses as ``BackupError``."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, LookupError) as error:
        raise BackupError(file, f"is not a backup of hoibao ({error})") from error
    except OSError as error:
        raise BackupError(file, error.strerror or str(error)) from error


def _save_database(url: str, file: Path) -> None:
    if url.startswith("sqlite"):
        copy_sqlite(url, to=file)
    else:
        _copy_rows(url, f"sqlite:///{file}")


def _put_database_back(file: Path, url: str) -> None:
    if url.startswith("sqlite"):
        copy_sqlite(f"sqlite:///{file}", into=url)
    else:
        _copy_rows(f"sqlite:///{file}", url)


def _copy_rows(source: str, target: str) -> None:
    with closing(Database.open(source)) as reading, closing(Database.open(target)) as writing:
        copy_all(reading, writing)


def _checked(database: Path) -> tuple[int, int]:
    """Bring a copy of the database up to date; return its generation and its number of articles."""
    opened = Database.open(f"sqlite:///{database}")
    with closing(opened), Store(opened).contents() as contents:
        return contents.generation, contents.count


def _unpack(file: Path, stage: Path) -> dict[str, Any]:
    with tarfile.open(file, "r:gz") as tar:
        first = tar.next()
        label = tar.extractfile(first) if first and first.name == _LABEL else None
        if label is None:
            raise BackupError(file, "is not a backup of hoibao")
        said: dict[str, Any] = json.loads(label.read())
        if said["format"] != BACKUP_FORMAT:
            raise BackupError(file, f"has format {said['format']}: update this program")
        for member in tar:
            _extract(tar, member, stage)
    return said


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, stage: Path) -> None:
    """Write a file of the backup; tarfile's own filters are missing from Debian 12's Python."""
    if member.isdir():
        return
    name, content = PurePosixPath(member.name), tar.extractfile(member) if member.isfile() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise ValueError(f"{member.name} leads out of it")
    target = stage / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)
    os.utime(target, (member.mtime, member.mtime))


def _copy_lists(source: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name in HELD_COPIES:
        if (source / name).exists():
            shutil.copyfile(source / name, to / name)


def _add_articles(tar: tarfile.TarFile, folder: Path) -> int:
    """Add the files below *folder*; one that cannot be read, or is gone meanwhile, is left out."""
    number = 0
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and os.access(path, os.R_OK):
            # What a link leads to, since the link would lead nowhere on another machine.
            tar.add(path.resolve(), Path(_ARTICLES) / path.relative_to(folder), recursive=False)
            number += 1
    return number


def _put_back(source: Path, folder: Path) -> int:
    """Move the files that *folder* lacks there, and return how many."""
    missing = [
        path
        for path in source.rglob("*")
        if path.is_file() and not (folder / path.relative_to(source)).exists()
    ]
    for path in missing:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    return len(missing)
