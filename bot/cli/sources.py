"""Commands about sources: read them again, and see what they gave."""

from contextlib import closing
from pathlib import Path

import click

from bot.cli.output import print_json
from bot.cli.parameters import JSON
from bot.cli.starting import start

TROUBLES_PRINTED = 50  # pages of a source that did not come in


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@JSON
def reload(sources: tuple[str, ...], as_json: bool) -> None:
    """Read the articles again, and report.

    Every SOURCE, a file, a folder or the address of a page, is read; without one, ARTICLES_DIR and all that
    the file SOURCES names.
    """
    if not all(sources):  # a script's variable that is not set; as a path it would be this folder
        raise click.UsageError("A SOURCE is empty.")
    settings, texts = start()
    from rich.console import Console

    from bot import render
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.progress import progress_bar
    from bot.terminal.records import report_record
    from retrieval.web.address import is_web

    wanted = [source if is_web(source) else Path(source) for source in sources]
    with closing(open_collection(settings)) as collection, progress_bar(texts) as tell:
        report = collection.reload(wanted, progress=tell)
    if as_json:
        print_json(report_record(report))
    else:
        terminal.show(Console(), render.report(texts, report))


@click.command("sources")
@JSON
def list_sources(as_json: bool) -> None:
    """Show where the articles come from, and what did not come in."""
    settings, texts = start()
    from rich.console import Console

    from bot import render
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import sources_record

    with closing(open_collection(settings)) as collection:
        told = collection.followed.origins()
    if as_json:
        print_json(sources_record(told))
    else:
        terminal.show(Console(), render.sources(texts, told, most=TROUBLES_PRINTED))
