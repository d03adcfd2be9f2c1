"""Commands about the bot's folder: prepare it, and check it."""

from contextlib import suppress
from pathlib import Path

import click

from bot.errors import SettingsError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--defaults", is_flag=True, help="Ask nothing.")
def init(folder: Path, defaults: bool) -> None:
    """Prepare FOLDER, by default the current one, to start the bot in.

    Asks for the token and a few other things, and writes settings, synonyms and a folder for articles. What
    is there already stays as it is.
    """
    from bot import caches, setup
    from bot.settings import Settings
    from bot.terminal import questionnaire

    settings, with_samples = ({}, False) if defaults else questionnaire.ask(folder)
    caches.choose(folder / Settings.model_fields["index_dir"].default)
    questionnaire.compile_search(settings)
    questionnaire.conclude(folder, settings, setup.prepare(folder, settings, with_samples=with_samples))


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check what the bot needs, and say what to do."""
    from bot import caches, logs
    from bot.settings import Settings

    with suppress(SettingsError):  # one of the checks tells
        caches.choose(Settings.load().index_dir)
    from bot.doctor import examine

    logs.set_up(level="ERROR", form="console")  # the checks themselves say what is wrong
    verdicts = []
    for check in examine():
        click.echo(str(check))
        verdicts.append(check.verdict)
    if "bad" in verdicts:
        context.exit(1)
