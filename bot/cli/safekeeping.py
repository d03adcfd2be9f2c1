"""Commands that keep a collection safe: save it in a file, and put it back."""

from pathlib import Path

import click

from bot.cli.parameters import FILE
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
