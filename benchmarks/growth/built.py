"""Indexes in files: built for this run and removed behind it, or kept from an earlier one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.growth.measured import Built, Done


@contextmanager
def index(folder: Path, build: Callable[[], Done]) -> Iterator[Built]:
    """Give the index in *folder*: the one that ``keep`` has left there, or one that is removed at the end."""
    note = _note(folder)
    if note.exists():
        yield TypeAdapter(Built).validate_json(note.read_bytes())
        return
    try:
        yield _built(folder, build)
    finally:
        shutil.rmtree(folder)


def keep(folder: Path, build: Callable[[], Done], commit: str) -> None:
    """Build the index in *folder*, and leave it there for later runs."""
    _note(folder).unlink(missing_ok=True)
    built = replace(_built(folder, build), before_by=commit)
    _note(folder).write_bytes(TypeAdapter(Built).dump_json(built))


def _built(folder: Path, build: Callable[[], Done]) -> Built:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = build()
    return Built(done=done, disk=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")
