"""Keep what was measured in a file, so that the report can be written again."""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from benchmarks.growth.measured import Run


def save(run: Run, path: Path) -> None:
    """Write *run* to *path*, without the questions: they are sentences of the corpus."""
    questions: Any = {"sizes": {"__all__": {"material": {"questions"}}}}
    path.write_bytes(TypeAdapter(Run).dump_json(run, exclude=questions) + b"\n")


def read(path: Path) -> Run:
    """Read what ``save`` wrote."""
    return TypeAdapter(Run).validate_json(path.read_bytes())
