"""Commands that talk with people: as the bot on Telegram, or here."""

import click

from bot.cli.starting import start
from bot.errors import TokenError


@click.command()
def run() -> None:
    """Be the Telegram bot.

    It polls; where WEBHOOK_URL is set it listens instead.
    """
    settings, texts = start(service=True)
    if settings.telegram_token is None:
        raise TokenError(
            "TELEGRAM_TOKEN is not set: copy .env.example to .env and fill it in, or run `hoibao chat`"
        )
    from bot import application, heap
    from bot.startup import opened
    from retrieval.collection.workers.number import suitable

    heap.bound()
    with opened(settings, texts, workers=suitable()) as collection:
        application.run(settings, collection)


@click.command()
def chat() -> None:
    """Hold the same conversation here; no token is needed."""
    settings, texts = start()
    from bot.startup import opened
    from bot.terminal import chat as conversation

    with opened(settings, texts) as collection:
        conversation.chat(collection, texts, token_missing=settings.telegram_token is None)
