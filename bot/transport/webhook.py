"""The webhook's server: what is sent to it, by Telegram or by anybody else, is bounded."""

from tornado.httpserver import HTTPServer

LONGEST_BODY = 1_000_000  # bytes; Telegram's longest update has some ten thousand
LONGEST_UPLOAD = 30.0  # seconds that a body may take
LONGEST_IDLE = 120.0  # seconds that a connection may wait for a request


def bound_requests() -> None:
    """Bound each server of this process that begins from now on; PTB hands no bounds on."""
    HTTPServer.configure(
        HTTPServer,
        max_body_size=LONGEST_BODY,
        body_timeout=LONGEST_UPLOAD,
        idle_connection_timeout=LONGEST_IDLE,
    )
