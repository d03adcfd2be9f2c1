"""The things that a message may say that asks nothing of the articles."""

from enum import Enum, auto


class Talk(Enum):
    """A message that asks nothing. Of several things that it says, the first one here counts."""

    PERSON = auto()  # is wanted, and no bot
    HELP = auto()
    WHO = auto()  # the bot is, and what it can do
    INSULT = auto()
    COMPLAINT = auto()  # about the answer
    GOODBYE = auto()
    THANKS = auto()
    GREETING = auto()
    ASKS = auto()  # whether one may ask
    LAUGH = auto()
    NOD = auto()  # ok, a thumb, praise, surprise
