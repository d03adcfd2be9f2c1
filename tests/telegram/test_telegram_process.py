"""`hoibao run` as a process of its own: it starts, answers, and stops when it is told to."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fakegram import FakeTelegram
from pydantic import SecretStr
from stage import READER

from bot.settings import Settings

pytest_plugins = ["stage_fixtures"]

PATIENCE = 180  # seconds, from the start of a process to its end; a busy machine takes a minute to start one


@asynccontextmanager
async def hoibao_run(settings: Settings) -> AsyncIterator[Process]:
    """Run the process with these settings; end it if the test does not."""
    given = settings.model_dump(exclude_none=True) | {"log_level": "DEBUG"}
    given["admin_ids"] = ",".join(map(str, settings.admin_ids))
    values = {
        name.upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in given.items()
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=os.environ | values, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(process: Process) -> tuple[int | None, str]:
    """Wait for the end of the process; return its exit status and all that it wrote."""
    stdout, stderr = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, (stdout + stderr).decode()


async def test_process_answers_until_it_is_told_to_stop(fake: FakeTelegram, settings: Settings) -> None:
    fake.send_text("Thẻ thư viện giá bao nhiêu một năm?", READER)
    async with hoibao_run(settings) as process:
        end = asyncio.create_task(ended(process))
        answer = asyncio.create_task(fake.wait("sendMessage", timeout=PATIENCE))
        await asyncio.wait({end, answer}, return_when=asyncio.FIRST_COMPLETED)
        assert not end.done(), end.result()
        assert "ba mươi nghìn" in answer.result()[0].text
        process.send_signal(signal.SIGTERM)
        status, written = await end
    assert status == 0, written
    assert "Task was destroyed" not in written
    assert fake.token not in written


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_process_that_is_stopped_in_an_outage_ends_without_a_traceback(
    fake: FakeTelegram, settings: Settings
) -> None:
    async with hoibao_run(settings) as process:
        end = asyncio.create_task(ended(process))
        fake.send_text("Thẻ thư viện giá bao nhiêu một năm?", READER)
        await fake.wait("sendMessage", timeout=PATIENCE)
        fake.fault("drop", method="getUpdates", times=-1)
        process.send_signal(signal.SIGTERM)
        status, written = await end
    assert status == 0, written
    assert "Traceback" not in written


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_wrong_token_is_one_line_and_exit_status_1(fake: FakeTelegram, settings: Settings) -> None:
    wrong = settings.model_copy(update={"telegram_token": SecretStr("123456:WRONG")})
    async with hoibao_run(wrong) as process:
        status, written = await ended(process)
    assert status == 1
    assert written.splitlines()[-1] == (
        "hoibao: Telegram does not know this TELEGRAM_TOKEN: copy it again from @BotFather, "
        f"or correct TELEGRAM_API_URL, which is {fake.url}"
    )
    assert "Traceback" not in written
    assert "WRONG" not in written


@pytest.mark.parametrize("mode", ["polling"], indirect=True)
async def test_token_that_is_revoked_ends_the_process_with_one_line(
    fake: FakeTelegram, settings: Settings
) -> None:
    fake.send_text("Thẻ thư viện giá bao nhiêu một năm?", READER)
    async with hoibao_run(settings) as process:
        end = asyncio.create_task(ended(process))
        await fake.wait("sendMessage", timeout=PATIENCE)
        fake.fault("error", method="getUpdates", code=401, text="Unauthorized", times=-1)
        fake.end_poll()  # or else it would only ask again once Telegram has waited
        status, written = await end
    assert status == 1
    assert "does not know this TELEGRAM_TOKEN" in written.splitlines()[-1]
    assert "Traceback" not in written
    assert "Task was destroyed" not in written
    assert fake.token not in written
