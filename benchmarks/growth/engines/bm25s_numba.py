"""bm25s with its backend of compiled loops."""

from pathlib import Path

from benchmarks.growth.engines import bm25s


def build(passages: Path, folder: Path) -> None:
    """Index *passages*."""
    bm25s.build(passages, folder, backend="numba")


def load(folder: Path) -> bm25s.Ranking:
    """Open the index in *folder*."""
    return bm25s.load(folder, backend="numba")
