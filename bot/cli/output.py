"""Output of a command that renders no page: JSON for programs, a table for people."""

import json
from collections.abc import Mapping

import click


def print_json(record: Mapping[str, object]) -> None:
    """Print one JSON object, in the letters that people read."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


def print_table(record: Mapping[str, object], *, indent: str = "") -> None:
    """Print names and values, one a line; what a suite does not measure is a dash."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            click.echo(f"{indent}{name}")
            print_table(value, indent=f"{indent}  ")
        else:
            shown = "-" if value is None else f"{value:.3f}" if isinstance(value, float) else value
            click.echo(f"{indent}{name:<{24 - len(indent)}}{shown:>10}")
