"""What is written down of an update on its way to its effect, and in which order."""

import asyncio

from bot.transport.delivery import Delivery


class Noted:
    """A delivery, with what it has had written down."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.delivery = Delivery(
            self._mark, lambda: self.notes.append("left"), lambda: None, asyncio.Semaphore()
        )

    async def _mark(self, standing: str) -> None:
        self.notes.append(standing)


async def test_answer_leaves_when_it_is_written_down_that_it_is_sent() -> None:
    noted = Noted()
    await noted.delivery.sending()
    noted.delivery.leaving()
    assert noted.notes == ["sending", "left"]


async def test_answer_that_telegram_did_not_carry_out_leaves_again() -> None:
    noted = Noted()
    await noted.delivery.sending()
    noted.delivery.leaving()
    await noted.delivery.unsent()
    await noted.delivery.sending()
    noted.delivery.leaving()
    assert noted.notes == ["sending", "left", "received", "sending", "left"]


async def test_update_is_not_handled_anew_if_something_of_its_answer_was_shown() -> None:
    noted = Noted()
    await noted.delivery.sending()
    noted.delivery.leaving()
    noted.delivery.shown()
    await noted.delivery.unsent()
    assert noted.notes == ["sending", "left"]
