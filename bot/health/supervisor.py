"""The supervisor: systemd is told that the bot is ready, and again and again that its loop turns.

The protocol (sd_notify) is a line of text to a socket; the library for it has not been kept since 2017.
"""

import asyncio
import os
import socket
from contextlib import suppress


def tell(state: str) -> None:
    """Tell systemd a *state*, such as "READY=1"; without systemd, do nothing."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notes:
        # A leading @ stands for a socket that is no file.
        notes.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)


async def keep_telling() -> None:
    """Tell that the loop turns, twice in the time that systemd waits for it; end if it waits for nothing."""
    wanted = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    if not (patience := int(os.environ.get("WATCHDOG_USEC", "0"))) or not wanted:
        return
    while True:
        tell("WATCHDOG=1")
        await asyncio.sleep(patience / 1e6 / 2)
