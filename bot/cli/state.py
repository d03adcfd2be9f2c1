"""Commands about what a collection keeps: a backup of all of it, its database, its index."""

from contextlib import closing
from pathlib import Path

import click

from bot.cli.output import print_json, print_table
from bot.cli.parameters import FILE, JSON
from bot.cli.starting import start


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Save articles, questions and index in one FILE, also while the bot runs.

    The settings in .env are not in it: they hold the token.
    """
    settings, texts = start()
    from retrieval.collection import backup as backing

    saved = backing.save(
        file,
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
    )
    click.echo(
        texts(
            "Saved in {file}: {articles} articles and {files} files of articles, {size} MB. It holds what "
            "people asked: keep it safe. {env} is not in it.",
            file=file,
            articles=texts.number(saved.articles),
            files=texts.number(saved.files),
            size=texts.number(saved.size / 1e6),
            env=".env",
        )
    )


@click.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put everything back as it was when FILE was saved, also while the bot runs.

    Files of articles that are there now stay as they are.
    """
    settings, texts = start()
    from retrieval.collection import backup as backing

    restored = backing.restore(
        file,
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
    )
    click.echo(
        texts(
            "As on {moment}: {articles} articles; {files} missing files of articles are back.",
            moment=texts.moment(restored.made),
            articles=texts.number(restored.articles),
            files=texts.number(restored.files),
        )
    )


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
