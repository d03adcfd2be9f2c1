"""The peer of ``benchmarks.conversation``: the smallest bot there is, which says what it hears."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(url: str, token: str) -> None:
    """Run it by long polling against the Bot API server at *url*."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(16)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
