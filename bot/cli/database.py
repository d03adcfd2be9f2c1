"""Commands about the database."""

from contextlib import closing

import click

from bot.cli.output import print_json, print_table
from bot.cli.parameters import JSON


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@JSON
def copy(source: str, target: str, as_json: bool) -> None:
    """Copy the database FROM into the empty database TO, and compare them row by row.

    Both are addresses as in DATABASE_URL. Stop the bot before, and set DATABASE_URL to TO afterwards.
    """
    from retrieval.store.copying import copy_all
    from retrieval.store.database import Database

    with closing(Database.open(source)) as reading, closing(Database.open(target)) as writing:
        counts = copy_all(reading, writing)
    if as_json:
        print_json({"copied": counts})
    else:
        print_table(counts)
