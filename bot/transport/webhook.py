"""The webhook's server: what is sent to it, by Telegram or by anybody else, is bounded."""

from typing import Any

from tornado.httpserver import HTTPServer

LONGEST_BODY = 1_000_000  # bytes; Telegram's longest update has some ten thousand
LONGEST_UPLOAD = 30.0  # seconds that a body may take
LONGEST_IDLE = 120.0  # seconds that a connection may wait for a request
# At once; Telegram has forty, and a process may often have 1,024 files and connections
MOST_CONNECTIONS = 200


def bound_requests() -> None:
    """Bound each server of this process that begins from now on; PTB hands no bounds on."""
    HTTPServer.configure(
        _Bounded,
        max_body_size=LONGEST_BODY,
        body_timeout=LONGEST_UPLOAD,
        idle_connection_timeout=LONGEST_IDLE,
    )


class _Bounded(HTTPServer):
    """Closes connections that are too many: without descriptors, no question is answered either."""

    def handle_stream(self, stream: Any, address: Any) -> None:
        """Serve a new connection."""
        if len(self._connections) < MOST_CONNECTIONS:
            super().handle_stream(stream, address)
        else:
            stream.close()
