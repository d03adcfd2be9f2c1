"""Keep what was measured in a file, so that the report can be written again."""

from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.growth.measured import Run


def save(run: Run, path: Path) -> None:
    """Write *run* to *path*."""
    path.write_bytes(TypeAdapter(Run).dump_json(run) + b"\n")


def read(path: Path) -> Run:
    """Read what ``save`` wrote."""
    return TypeAdapter(Run).validate_json(path.read_bytes())
