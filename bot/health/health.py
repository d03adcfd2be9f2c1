"""Everything about the bot's health, from its start to its end."""

import asyncio
import logging

import structlog
from telegram import Bot
from tornado.httpserver import HTTPServer

from bot.health import supervisor
from bot.health.complaints import Complaints
from bot.health.readiness import Readiness
from bot.health.server import listening
from bot.metrics import Metrics

_LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Health:
    """The pages on *port* of *address*, what systemd hears, and *complaints*.

    Without a port there are no pages; without *complaints* nobody hears of errors. ``end`` may be called
    without ``begin``.
    """

    def __init__(
        self,
        readiness: Readiness,
        metrics: Metrics,
        *,
        address: str,
        port: int | None,
        complaints: Complaints | None,
    ) -> None:
        self._readiness = readiness
        self._metrics = metrics
        self._address = address
        self._port = port
        self._complaints = complaints
        self._server: HTTPServer | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self, bot: Bot) -> None:
        """Begin to listen and to tell. Raises ``OSError`` if the port is taken."""
        if self._port is not None:
            self._server = listening(self._readiness, self._metrics, address=self._address, port=self._port)
            _LOG.info("health is told", address=self._address, port=self._port)
        self._tasks.append(asyncio.create_task(supervisor.keep_telling()))
        if self._complaints is not None:
            logging.getLogger().addHandler(self._complaints)
            self._tasks.append(asyncio.create_task(self._complaints.run(bot)))
        supervisor.tell("READY=1")

    async def end(self) -> None:
        """Stop."""
        supervisor.tell("STOPPING=1")
        if self._complaints is not None:
            logging.getLogger().removeHandler(self._complaints)
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
