"""The web: fetch one address, as a guest who knocks, waits, and leaves when asked to.

The way of a request: is the address one of the web? → the host's rules → its turn after the last request →
the guard → connect to the address that was checked → status → body. A redirect goes the same way again.
"""

import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal, Self
from urllib.parse import urljoin, urlsplit

import httpx

from retrieval.errors import N_, ClosedError, GoneError, ReadError, UnreachableError
from retrieval.web import body
from retrieval.web.address import host_of, is_web
from retrieval.web.deadline import Trace, in_time
from retrieval.web.guard import Guard
from retrieval.web.robots import AGENT, Robots

MAX_PAGE_BYTES = 10 * 1024 * 1024  # of one answer, unpacked
MAX_REDIRECTS = 5
RULES_KEPT = 24 * 3600.0  # seconds that a host's rules are believed
MAX_RESTING = 24 * 3600.0  # seconds that a host may ask to be left alone
RESTING = 300.0  # seconds, if it asks without a number

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; {AGENT})",  # some portals refuse what begins otherwise
    "Accept": "text/html, application/xml;q=0.9, */*;q=0.8",
    "Accept-Language": "vi, en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_GONE = (404, 410)
_BUSY = (429, 503)
_CLOSED = (401, 403, 407)
_CERTIFICATE = N_("the certificate of {host} is not valid; tell those who run it")
_UNREACHED = N_("{host} does not answer")
_SLOW = N_("{host} answers too slowly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The pauses between requests, and their limits. All in seconds."""

    pause: float = 1.0  # between two requests to one host
    connect: float = 10.0  # for a connection
    silence: float = 20.0  # while nothing comes
    whole: float = 60.0  # for all of one answer


USUAL = Pace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The tags that a server wants to see at the next visit, to say "not changed"; "" if it gave none."""

    etag: str = ""
    modified: str = ""  # as the server wrote it


NO_TAGS = Tags()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer."""

    address: str  # where it came from, after all redirects
    status: Literal["new", "same"]  # same: not changed since the tags were given; it has no content
    content: bytes
    type: str  # "text/html"; "" if the server does not say
    encoding: str  # of its letters, as the server declares it; "" if it does not
    tags: Tags


class Web:
    """Fetches addresses; at a host one at a time and with a pause. Threads may share it."""

    def __init__(self, guard: Guard, pace: Pace | None = None) -> None:
        self._guard = guard
        self._pace = pace or USUAL
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._stopped = threading.Event()
        # Not a client: that has a proxy, keeps cookies and follows redirects by itself. Connections are not
        # kept, since the next one to the same machine may be for another host.
        self._transport = httpx.HTTPTransport(
            verify=ssl.create_default_context(),
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Fetch nothing more; what is waited for ends at once."""
        self._stopped.set()
        self._transport.close()

    def fetch(self, address: str, tags: Tags = NO_TAGS) -> Fetched:
        """Return what stands at *address*.

        Raises ``GoneError`` if the site says that nothing does, ``UnreachableError`` if it may be there the
        next time, and ``ReadError`` if there is no use in trying.
        """
        here = address
        for _ in range(MAX_REDIRECTS + 1):
            if not is_web(here):
                raise ReadError(address, "not an address of the web: it begins with https:// or http://")
            if not self.robots(here, asked=address).allow(here):
                raise ReadError(address, "the site asks programs not to read this page (robots.txt)")
            with self._turn(here, address), self._answer(here, address, tags) as answer:
                following = answer.headers.get("location", "") if answer.is_redirect else ""
                if not following:
                    return self._fetched(here, address, answer)
                here = urljoin(here, following)
        raise ReadError(address, "leads from one address to the next without an end")

    def robots(self, address: str, *, asked: str = "") -> Robots:
        """Return the rules of the host of *address*, to which *asked* led.

        Raises ``UnreachableError`` if the host does not tell them.
        """
        parts = urlsplit(address)
        host = self._hosts[f"{parts.scheme}://{host_of(address)}"]
        with host.rules:
            if host.robots is None or time.monotonic() > host.robots_until:
                host.robots = self._rules(f"{parts.scheme}://{parts.netloc}/robots.txt", asked or address)
                host.robots_until = time.monotonic() + RULES_KEPT
        return host.robots

    def _rules(self, here: str, asked: str) -> Robots:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                with self._turn(here, asked), self._answer(here, asked, NO_TAGS) as answer:
                    if answer.is_redirect and answer.headers.get("location"):
                        here = urljoin(here, answer.headers["location"])
                        if is_web(here):
                            continue
                        break
                    if 400 <= answer.status_code < 500 and answer.status_code not in _BUSY:
                        break
                    return Robots.read(self._fetched(here, asked, answer).content)
            except UnreachableError:
                raise
            except ReadError as error:
                raise UnreachableError(asked, error.reason.msgid, **error.reason.values) from error
        return Robots.read(b"")

    @contextmanager
    def _turn(self, here: str, asked: str) -> Iterator[None]:
        """Wait for the turn of a request, and let nobody else at the same host begin one meanwhile."""
        parts = urlsplit(here)
        host = self._hosts[f"{parts.scheme}://{host_of(here)}"]
        with host.turn:
            if time.monotonic() < host.resting_until:
                raise UnreachableError(asked, "{host} asks to be left alone for a while", host=host_of(here))
            if self._stopped.wait(max(0.0, host.next - time.monotonic())):
                raise UnreachableError(asked, "stopped before it was read")
            try:
                yield
            finally:
                pause = max(self._pace.pause, host.robots.pause if host.robots else 0.0)
                host.next = time.monotonic() + pause

    @contextmanager
    def _answer(self, here: str, asked: str, tags: Tags) -> Iterator[httpx.Response]:
        """Ask, and give the answer whose body is still to come."""
        url = httpx.URL(here)
        port = url.port or (443 if url.scheme == "https" else 80)
        name = url.raw_host.decode("ascii").strip("[]")
        headers = _HEADERS | {"Host": url.netloc.decode("ascii")}
        headers |= {"If-None-Match": tags.etag} if tags.etag else {}
        headers |= {"If-Modified-Since": tags.modified} if tags.modified else {}
        with _told(asked, name), in_time(self._pace.whole) as trace:
            answer = self._asked(url, self._guard.addresses(asked, name, port), name, headers, trace)
            try:
                yield answer
            finally:
                answer.close()

    def _asked(
        self, url: httpx.URL, machines: Sequence[str], name: str, headers: Mapping[str, str], trace: Trace
    ) -> httpx.Response:
        """Return the answer of the first of *machines* that can be connected to."""
        pace = self._pace
        timeout = httpx.Timeout(pace.silence, connect=pace.connect).as_dict()
        for number, machine in enumerate(machines, start=1):
            request = httpx.Request(
                "GET",
                url.copy_with(host=machine),
                headers=headers,
                extensions={"sni_hostname": name, "timeout": timeout, "trace": trace},
            )
            try:
                answer = self._transport.handle_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(machines):
                    raise
            else:
                answer.request = request
                return answer
        raise httpx.ConnectError("no machine")

    def _fetched(self, here: str, asked: str, answer: httpx.Response) -> Fetched:
        status, headers = answer.status_code, answer.headers
        tags = Tags(etag=headers.get("etag", ""), modified=headers.get("last-modified", ""))
        kind, _, declared = headers.get("content-type", "").partition(";")
        content = b""
        if status != 304:
            self._check_status(here, asked, answer)
            content = self._content(asked, answer)
        return Fetched(
            address=here,
            status="same" if status == 304 else "new",
            content=content,
            type=kind.strip().lower(),
            encoding=declared.lower().partition("charset=")[2].partition(";")[0].strip(" \"'"),
            tags=tags,
        )

    def _check_status(self, here: str, asked: str, answer: httpx.Response) -> None:
        status, host = answer.status_code, host_of(here)
        if 200 <= status < 300:
            return
        if status in _GONE:
            raise GoneError(asked, "the site has no such page any more ({n})", n=status)
        if status in _BUSY:
            parts = urlsplit(here)
            resting = self._hosts[f"{parts.scheme}://{host}"]
            resting.resting_until = time.monotonic() + _wish(answer.headers.get("retry-after", ""))
            raise UnreachableError(asked, "{host} asks to be left alone for a while", host=host)
        if status in _CLOSED:
            raise ClosedError(asked, "the site shows this page only after a login ({n})", n=status)
        if status >= 500:
            raise UnreachableError(asked, "the site has a problem ({n})", n=status)
        raise ClosedError(asked, "the site gives no page ({n})", n=status)

    def _content(self, asked: str, answer: httpx.Response) -> bytes:
        until = time.monotonic() + self._pace.whole

        def check() -> None:
            if self._stopped.is_set() or time.monotonic() > until:
                raise httpx.ReadTimeout("too slow")

        try:
            packing = answer.headers.get("content-encoding", "")
            return body.gathered(answer.iter_raw(), packing, MAX_PAGE_BYTES, check)
        except body.TooLargeError:
            raise ReadError(asked, "larger than {size} MB", size=MAX_PAGE_BYTES // 1024**2) from None
        except (body.UnknownEncodingError, zlib.error):
            raise UnreachableError(asked, "the site's answer is damaged") from None


class _Host:
    """The knowledge of one host."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.rules = threading.Lock()
        self.robots: Robots | None = None
        self.robots_until = 0.0  # these three on the monotonic clock
        self.next = 0.0
        self.resting_until = 0.0


@contextmanager
def _told(asked: str, host: str) -> Iterator[None]:
    """Let what the client raises leave as an error of this program."""
    try:
        yield
    except (httpx.TimeoutException, TimeoutError) as error:
        raise UnreachableError(asked, _SLOW, host=host) from error
    except httpx.ConnectError as error:
        if "CERTIFICATE" in str(error):
            raise UnreachableError(asked, _CERTIFICATE, host=host) from error
        raise UnreachableError(asked, _UNREACHED, host=host) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnreachableError(asked, "the site's answer is damaged") from error


def _wish(text: str) -> float:
    """Return the seconds of a Retry-After: a number, or a date."""
    if text.strip().isdecimal():
        return min(MAX_RESTING, float(text))
    try:
        return min(MAX_RESTING, max(0.0, parsedate_to_datetime(text).timestamp() - time.time()))
    except (ValueError, TypeError):
        return RESTING
