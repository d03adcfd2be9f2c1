"""The beginning of each command: settings are read, logging is set up, words become a question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.language import Texts
    from bot.settings import Settings


def start(*, service: bool = False) -> "tuple[Settings, Texts]":
    """Read the settings and set logging up; return them with the terminal's texts.

    `LOG_LEVEL` is for the *service*: in the terminal only warnings come between the lines.
    """
    from bot import caches, descriptors, logs
    from bot.language import Languages
    from bot.settings import Settings

    settings = Settings.load()
    caches.choose(settings.index_dir)
    descriptors.allow()
    level = settings.log_level if service else "WARNING"
    logs.set_up(level=level, form=settings.log_format, secrets=settings.secrets)
    return settings, Languages(settings.default_language, settings.timezone, contact=settings.contact).of(
        None
    )


def question_of(words: Sequence[str]) -> str:
    """Join the *words* of a question; an empty question is misuse, a ``click.UsageError``."""
    question = " ".join(words)
    if not question.strip():
        raise click.UsageError("The question is empty.")
    return question
