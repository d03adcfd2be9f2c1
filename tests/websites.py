"""A site on this machine, for the tests of what is fetched: real HTTP, and answers that a test chooses."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from retrieval.web.web import Pace

HOST = "127.0.0.1"
AT_ONCE = Pace(pause=0, connect=5, silence=5, whole=10)

BODY = (
    "Ủy ban nhân dân phường Bến Lụa thông báo {0} bắt đầu từ thứ Hai tuần sau, tại nhà văn hóa khu phố 3. "
    "Bà con mang theo căn cước công dân và đến trước giờ mở cửa mười lăm phút để lấy số thứ tự."
)
MORE = (
    "Thời gian làm việc là từ 7 giờ 30 đến 11 giờ 30 và từ 13 giờ 30 đến 17 giờ mỗi ngày trong tuần. "
    "Mọi thắc mắc xin liên hệ bộ phận một cửa của phường, đường Lò Gạch, để được hướng dẫn thêm."
)


@dataclass(kw_only=True)
class Answer:
    """What the site says to one request."""

    body: bytes | Iterator[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    """A request that came."""

    path: str
    headers: dict[str, str]


class Site:
    """A site: set ``pages[path]`` to an answer or a function of the request; ``asked`` is what came."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[Asked], Answer]] = {}
        self.asked: list[Asked] = []
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer((HOST, 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.host = f"{HOST}:{self.port}"
        self.root = f"http://{self.host}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, but not that of the rules."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def put(
        self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str
    ) -> str:
        """Let *body* stand at *path*; return its address."""
        content = body.encode() if isinstance(body, str) else body
        said = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(body=content, headers=said)
        return self.root + path

    def article(self, path: str, subject: str, *, head: str = "", **headers: str) -> str:
        """Let an article about *subject* stand at *path*; return its address."""
        return self.put(path, page(subject, head=head), **headers)

    def say(self, path: str, status: int, **headers: str) -> str:
        """Let *path* answer with nothing but a status; return its address."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answer(status=status, headers=said)
        return self.root + path

    def sitemap(self, path: str, *pages: str, changed: str = "") -> str:
        """Let a sitemap of *pages* (paths) stand at *path*; return its address."""
        when = f"<lastmod>{changed}</lastmod>" if changed else ""
        entries = "".join(f"<url><loc>{self.root}{page}</loc>{when}</url>" for page in pages)
        text = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        return self.put(path, text, "application/xml")


def page(subject: str, *, head: str = "") -> str:
    """A page of a portal with one article."""
    return (
        f"<!DOCTYPE html><html lang='vi'><head><meta charset='utf-8'><title>Thông báo {subject}</title>{head}"
        f"</head><body><article><h1>Thông báo {subject}</h1><p>{BODY.format(subject)}</p><p>{MORE}</p>"
        "</article></body></html>"
    )


@contextmanager
def running() -> Iterator[Site]:
    """Let a site run for the block."""
    site = Site()
    thread = threading.Thread(target=site._server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        site._server.shutdown()
        thread.join()
        site._server.server_close()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            site.asked.append(asked)
            said = site.pages.get(self.path, Answer(status=404))
            answer = said if isinstance(said, Answer) else said(asked)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if isinstance(answer.body, bytes):
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                for part in [answer.body] if isinstance(answer.body, bytes) else answer.body:
                    self.wfile.write(part)
            except OSError:
                pass  # who asked has heard enough
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
