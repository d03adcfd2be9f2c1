"""Terminal: lines that somebody types come in, the bot's replies go out as text with numbered choices.

The same conversation as on Telegram, and what the commands of ``bot.cli`` print::

    chat(collection, texts, token_missing=True)
"""
