"""Parameters that several commands share."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
QUESTION = click.argument("words", metavar="QUESTION...", nargs=-1, required=True)
HITS = click.option(
    "--limit", default=3, show_default=True, type=click.IntRange(min=1), help="How many hits."
)
