"""Transport: replies go out to Telegram, within its limits; updates come in, in each chat's order.

``sending`` sends, edits and acknowledges; ``limiter`` keeps to Telegram's limits, ``quota`` to a person's;
``processor`` and ``polling`` bring updates; ``addressed`` tells which messages are meant for the bot::

    if addressed.is_addressed(message):
        await send(reply, to=message)
"""
