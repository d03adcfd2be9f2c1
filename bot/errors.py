"""Errors of the application around retrieval.

BotError
├── SettingsError      a setting is wrong or missing; the line names it and says where to correct it
├── TokenError         there is no bot token, or Telegram does not know it
├── DialogueError      a file of dialogues cannot be rehearsed; the line says which row
└── TelegramDownError  Telegram cannot be reached, or refuses, when the bot starts

Every message is one line that says what happened and, if anybody can do something, what to do.
No message holds a secret.
"""


class BotError(Exception):
    """Any failure of this package that the command line is meant to print."""


class SettingsError(BotError):
    """A setting is wrong or missing."""


class TokenError(BotError):
    """There is no bot token, or Telegram does not know it."""


class DialogueError(BotError):
    """A file of dialogues cannot be rehearsed."""


class TelegramDownError(BotError):
    """Telegram cannot be reached, or refuses, when the bot starts."""
