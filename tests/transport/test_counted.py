"""The connections whose requests are counted: how long Telegram has given no updates."""

import pytest

from bot.metrics import Metrics
from bot.transport.counted import CountedPolling
from bot.transport.polling import Polling


async def _nothing() -> None:
    """Settle nothing."""


@pytest.mark.parametrize(("status", "is_heard"), [(200, True), (409, False), (500, False)])
async def test_only_updates_end_the_silence(
    status: int, is_heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answered(*_: object, **__: object) -> tuple[int, bytes]:
        return status, b""

    monkeypatch.setattr(Polling, "do_request", answered)
    polling = CountedPolling(Metrics(), _nothing)
    before = polling.silence
    await polling.do_request("url", "POST")
    assert (polling.silence < before) == is_heard
