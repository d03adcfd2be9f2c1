"""A proxy before several processes: it hands each request on to one of them, by turns."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientError, ClientSession, web

_KEPT = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


class Balancer:
    """The proxy. ``ports`` are those of the processes; whoever does not listen is passed over."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.url = ""  # once it runs
        self._turn = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Listen for the block; give the address."""
        app = web.Application()
        app.router.add_post("/hook", self._hand_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port := free_port()).start()
        self.url = f"http://127.0.0.1:{port}/hook"
        try:
            async with ClientSession() as self._session:
                yield self.url
        finally:
            await runner.cleanup()

    async def _hand_on(self, request: web.Request) -> web.Response:
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        body = await request.read()
        for _ in self.ports:
            self._turn += 1
            target = f"http://127.0.0.1:{self.ports[self._turn % len(self.ports)]}/hook"
            try:
                async with self._session.post(target, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except ClientError:
                continue
        return web.Response(status=502)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
