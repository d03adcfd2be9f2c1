"""Commands about the index."""

from contextlib import closing

import click

from bot.cli.starting import start


@click.group()
def index() -> None:
    """Look after the index."""


@index.command()
def rebuild() -> None:
    """Make the index anew, from the articles in the database.

    Questions are answered from the old one until the new one is complete. A search cluster needs it if it
    lost its indexes.
    """
    settings, texts = start()
    from bot.startup import open_collection
    from bot.terminal.progress import progress_bar

    with closing(open_collection(settings)) as collection:
        with progress_bar(texts) as tell:
            collection.rebuild(progress=tell)
        stats = collection.stats()
    click.echo(texts.plural("{n} article is in the index.", "{n} articles are in the index.", stats.articles))
