"""The deep link that carries a question from an inline query into the private chat with the bot.

It holds 64 characters, a question more: so it carries a key, and the question is a note of the person's.
"""

import hashlib
import re

COMMAND = re.compile(r"\A/start(?:@\w+)? ask-(?P<key>[0-9a-f]{16})\Z", re.ASCII)


def key_of(question: str) -> str:
    """Return the key of *question*: the same one each time, so that typing it again needs no second note."""
    return hashlib.sha256(question.encode()).hexdigest()[:16]


def payload(key: str) -> str:
    """Return the payload of the deep link; what opening it sends matches ``COMMAND``."""
    return f"ask-{key}"
