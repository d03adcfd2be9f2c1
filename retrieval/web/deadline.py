"""An end to requests that are answered letter by letter: the timeouts of a client begin anew with each."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

Trace = Callable[[str, Mapping[str, Any]], None]  # httpx calls it along the way of a request


@contextmanager
def in_time(seconds: float) -> Iterator[Trace]:
    """Cut off connections after *seconds*, in the middle of a handshake, headers or a body.

    The connections are those of requests with the yielded trace. Raises ``TimeoutError`` if time was over.
    """
    connections: list[socket.socket] = []
    is_over = threading.Event()

    def trace(event: str, known: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            # Of its own, since the handshake takes the other one away.
            connections.append(known["return_value"].get_extra_info("socket").dup())
            if is_over.is_set():
                cut()

    def cut() -> None:
        is_over.set()
        for connection in connections:
            with suppress(OSError):  # it is closed already
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    except Exception as error:
        if is_over.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        for connection in connections:
            connection.close()
    if is_over.is_set():  # a body without a length ends like that, too
        raise TimeoutError
