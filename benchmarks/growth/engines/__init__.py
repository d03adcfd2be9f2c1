"""The engines, a module each, so that a process loads no other's libraries. All get the same terms."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

K1, B = 1.2, 0.75  # what tantivy and FTS5 have built in; all others are told


class Engine(Protocol):
    """An index that is open."""

    def rank(self, words: list[str], limit: int) -> list[int]:
        """Return the numbers of at most *limit* passages, best first."""


class EngineModule(Protocol):
    """The functions that each module here offers."""

    def build(self, passages: Path, folder: Path) -> None:
        """Index *passages*, the terms of one a line, and write the index to *folder*, which is there."""

    def load(self, folder: Path) -> Engine:
        """Open the index in *folder*."""


def engine(name: str) -> EngineModule:
    """Return the module *name*."""
    return cast("EngineModule", import_module(f"{__name__}.{name}"))
