"""The pages for supervisors and Prometheus, on the bot's own loop: if that hangs, they do not come."""

import json
from dataclasses import asdict

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.health.readiness import Readiness
from bot.metrics import METRICS_TYPE, Metrics
from retrieval.errors import RetrievalError


class _Page(RequestHandler):
    def initialize(self, readiness: Readiness, metrics: Metrics) -> None:
        """Take what the pages show."""
        self.readiness = readiness
        self.metrics = metrics

    def set_default_headers(self) -> None:
        """Keep pages out of caches, and say nothing of the software."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def log_exception(self, *_: object) -> None:
        """Log nothing: a wrong request is nobody's error."""


class Alive(_Page):
    """``/healthz``: the loop turns."""

    def get(self) -> None:
        """Say so."""
        self.write({"alive": True})


class Ready(_Page):
    """``/readyz``: 200 if the bot can answer, 503 if something does not work."""

    async def get(self) -> None:
        """Name each part."""
        verdicts = await self.readiness.verdicts()
        self.set_status(200 if verdicts.is_ready else 503)
        self.set_header("Content-Type", "application/json")
        self.write(json.dumps(asdict(verdicts)))


class Measured(_Page):
    """``/metrics``, for Prometheus."""

    async def get(self) -> None:
        """Tell all figures; 503 if the database cannot be read."""
        try:
            page = self.metrics.page(await self.readiness.figures())
        except RetrievalError:
            self.set_status(503)
            return
        self.set_header("Content-Type", METRICS_TYPE)
        self.write(page)


def listening(readiness: Readiness, metrics: Metrics, *, address: str, port: int) -> HTTPServer:
    """Return a server that listens there. Raises ``OSError``."""
    shown = {"readiness": readiness, "metrics": metrics}
    pages = [("/healthz", Alive, shown), ("/readyz", Ready, shown), ("/metrics", Measured, shown)]
    server = HTTPServer(
        Application(pages, log_function=lambda _: None), max_body_size=0, idle_connection_timeout=60
    )
    server.listen(port, address)
    return server
