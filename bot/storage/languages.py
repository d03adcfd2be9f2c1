"""The languages that people chose, instead of the one that their Telegram speaks."""

from bot.storage.notes import Notes


class ChosenLanguages:
    """The choices of one bot's people. All are in memory: few people choose, and every message needs them."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._codes: dict[int, str] = {}  # by Telegram user id

    async def load(self, bot_id: int) -> None:
        """Take in the choices that were made before the start, or by way of another process."""
        codes = await self._notes.choices(bot_id)
        if codes is not None:
            self._codes = codes

    def of(self, person: int) -> str | None:
        """Return the language that *person* chose; None if they left it to Telegram."""
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
