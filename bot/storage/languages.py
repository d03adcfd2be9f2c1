"""Which language people chose to be spoken to, in the place of the one that their Telegram speaks."""

import re

from bot.storage.notes import Notes

_DATA = re.compile(r"language:(?P<code>[a-z]{2,3})?", re.ASCII)


class Chosen:
    """The choices of one bot's people. All are in memory: few people choose, and every message needs them."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._codes: dict[int, str] = {}  # by Telegram user id

    async def load(self, bot_id: int) -> None:
        """Take in the choices that were made before the start."""
        self._codes = await self._notes.choices(bot_id)

    def of(self, person: int) -> str | None:
        """Return the language that *person* chose; None where they left it to Telegram."""
        return self._codes.get(person)

    async def choose(self, bot_id: int, person: int, code: str | None) -> None:
        """Speak *code* to *person* from now on, also after a restart; None: as their Telegram does."""
        self.forget(person)
        if code is not None:
            self._codes[person] = code
        await self._notes.remember_choice(bot_id, person, code)

    def forget(self, person: int) -> None:
        """Leave the language of *person* to Telegram."""
        self._codes.pop(person, None)


def choice_data(code: str | None) -> str:
    """Return what the button carries that chooses *code*."""
    return f"language:{code or ''}"


def is_choice(data: str) -> bool:
    """Tell whether a button's data chooses a language."""
    return _DATA.fullmatch(data) is not None


def parse_choice(data: str) -> str | None:
    """Return the language that a button's data chooses; None for that of Telegram."""
    found = _DATA.fullmatch(data)
    return found["code"] if found else None
