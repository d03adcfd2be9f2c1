"""Connections to Telegram: what is not Telegram's answer is a fault of the connection, and nobody's else."""

import asyncio
import ctypes
import json
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.transport.delivery import ON_ITS_WAY

# Seconds, unless PTB says otherwise for a request.
POOL, CONNECT, WRITE, WRITE_FILES = 1.0, 5.0, 5.0, 20.0
READ = 5.0
_STEPS = 10  # in which a time is counted
_SAID = ("entities", "caption_entities", "reply_markup", "reply_to_message")  # of a message that was sent
_OF_JSON = {"Content-Type": "application/json"}

# Its calls keep other threads of Python out.
_LIBC = ctypes.PyDLL(None, use_errno=True) if sys.platform == "linux" else None


class UnreachedError(NetworkError):
    """No connection came about: Telegram was surely not asked."""


class BrokenOffError(NetworkError):
    """The connection ended before the answer was there: nobody knows what Telegram did."""


class UnreadableError(NetworkError):
    """Telegram's server, or something in between, agreed, but not as Telegram would: a proxy's page, null.

    The request went through, as far as anybody can tell.
    """


class Connection(BaseRequest):
    """The way to Telegram, over at most *at_once* connections that are used again.

    PTB's own looks through all of them in Python for each request, which cost a third of an answer. This one
    looks at answers before PTB trips over them.

    An update is noted as answered by the socket, in the call that hands the request to the system: if the
    process dies before, its answer was surely not shown, and may be tried again. Any earlier, other threads'
    work would come in between, and whoever dies in that would lose the answer.
    """

    def __init__(self, *, at_once: int = 4, read_timeout: float = READ) -> None:
        self._at_once = at_once
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return the seconds without a word after which an answer is waited for no longer."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Be ready to ask."""
        if self._session is None:
            tracing = aiohttp.TraceConfig()
            tracing.on_request_chunk_sent.append(_mark)  # the body, before it leaves
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._at_once, ssl=_trusted(), socket_factory=_noting_socket
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[tracing],
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Ask once, and return the status and the content. Raises ``TelegramError``."""
        assert self._session is not None, "the connection is not initialized"
        has_files = request_data is not None and request_data.contains_files
        read = _or(read_timeout, self._read_timeout)
        write = _or(write_timeout, WRITE_FILES if has_files else WRITE)
        connect = _or(connect_timeout, CONNECT)
        waits = _or(pool_timeout, POOL) + connect
        is_download = request_data is None  # a file may take its time
        timeout = aiohttp.ClientTimeout(
            total=None, connect=waits, sock_connect=connect, sock_read=read if is_download else None
        )
        parts = urlsplit(url)
        try:
            async with (
                patience(None if is_download else waits + write + read),
                self._session.request(
                    method,
                    url,
                    data=_body(request_data),
                    headers=None if has_files or is_download else _OF_JSON,
                    timeout=timeout,
                    allow_redirects=False,
                    proxy=_proxy(parts.scheme, parts.netloc),
                ) as response,
            ):
                status, payload = response.status, await response.read()
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ClientHttpProxyError,
            aiohttp.ConnectionTimeoutError,
        ) as error:
            raise UnreachedError(str(error) or type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise BrokenOffError(type(error).__name__) from error  # what it says may hold the token
        if "/file/" not in url and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            payload = _checked(url.rpartition("/")[2], payload)
        return status, payload


@asynccontextmanager
async def patience(seconds: float | None) -> AsyncIterator[None]:
    """Raise ``TimeoutError`` after so many seconds in which this process has run; None: never.

    They are counted in steps. A process that was stopped, or swapped out, would else give up an answer that
    has long arrived, and ask again.
    """
    if seconds is None:
        yield
        return
    loop = asyncio.get_running_loop()
    timer: asyncio.TimerHandle
    async with asyncio.timeout(None) as limit:

        def step(left: int) -> None:
            nonlocal timer
            if left:
                timer = loop.call_later(seconds / _STEPS, step, left - 1)
            else:
                limit.reschedule(loop.time())

        step(_STEPS)
        try:
            yield
        finally:
            timer.cancel()


class _NotingSocket(socket.socket):
    """Notes what it sends for: asyncio writes at once, within the task that asks."""

    def send(self, data: Any, *flags: int) -> int:
        """Note it, and send."""
        if (delivery := ON_ITS_WAY.get()) is None:
            return super().send(data, *flags)
        delivery.leaving()
        return _send_at_once(_LIBC, self.fileno(), bytes(data)) if _LIBC else super().send(data, *flags)

    def sendmsg(self, buffers: Iterable[Any], *rest: Any) -> int:
        """Note it, and send."""
        return self.send(b"".join(buffers)) if ON_ITS_WAY.get() else super().sendmsg(buffers, *rest)


def _send_at_once(libc: ctypes.PyDLL, descriptor: int, data: bytes) -> int:
    """Hand *data* to the system, and return how many bytes it took. Raises ``OSError``.

    Python's own call lets other threads run just before. On a busy machine that takes long enough for a
    process to be killed in: what it had noted as sent was lost, three times of 4,000.
    """
    sent: int = libc.send(descriptor, data, ctypes.c_size_t(len(data)), socket.MSG_NOSIGNAL)
    if sent < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return sent


def _noting_socket(address: tuple[Any, ...]) -> socket.socket:
    family, kind, protocol, *_ = address
    return _NotingSocket(family, kind, protocol)


async def _mark(*_: object) -> None:
    if delivery := ON_ITS_WAY.get():
        await delivery.sending()


def _or(given: Any, default: float) -> Any:
    return default if given is BaseRequest.DEFAULT_NONE else given


def _body(request_data: RequestData | None) -> bytes | aiohttp.FormData | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode()
    form = aiohttp.FormData(quote_fields=False)  # Telegram shows a file's name as it comes
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


@cache
def _trusted() -> ssl.SSLContext:
    """Trust whom the system trusts, and who is trusted everywhere: some systems have no list."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@cache
def _proxy(scheme: str, server: str) -> str | None:
    """Return the proxy that the environment names for *server*; None for none."""
    if proxy_bypass(server):
        return None
    proxies = getproxies()
    return proxies.get(scheme) or proxies.get("all")


def _checked(method: str, payload: bytes) -> bytes:
    """Return *payload* without what the bot itself has just said, which PTB would read word for word.

    Raises ``UnreadableError`` if it cannot be Telegram's answer to *method*.
    """
    try:
        answer = json.loads(payload)
    except ValueError:
        raise UnreadableError("the answer is not JSON") from None
    result = answer.get("result") if isinstance(answer, dict) else None
    if method.lower() == "getupdates":
        is_fine = isinstance(result, list) and all(
            isinstance(update, dict) and isinstance(update.get("update_id"), int) for update in result
        )
    elif method.startswith(("send", "edit")):
        is_fine = result is True or (isinstance(result, dict) and bool(result))
    else:
        is_fine = result is not None
    if not is_fine:
        raise UnreadableError("the answer is not what Telegram would say")
    if method.startswith(("send", "edit")) and isinstance(result, dict):
        for said in _SAID:
            result.pop(said, None)
        return json.dumps(answer).encode()
    return payload
