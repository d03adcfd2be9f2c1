"""The door to a cluster: what is asked again, what is not, and whom it trusts."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from retrieval.cluster import client
from retrieval.cluster.client import Client
from retrieval.errors import SearchError

FOUND = {"hits": {"hits": [1]}, "timed_out": False, "_shards": {"failed": 0}, "status": 200}
REFUSED = {"error": {"type": "rejected_execution_exception"}, "status": 429}
LACKING = {"error": {"type": "index_not_found_exception"}, "status": 404}
HALF = FOUND | {"_shards": {"failed": 1}}


@dataclass(frozen=True)
class Node:
    """A node that answers as it is told: one pair of status and body after the other, the last one again."""

    url: str
    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Certificate:
    """A certificate for 127.0.0.1 that vouches for itself."""

    file: Path
    key: Path


@pytest.fixture
def start() -> Iterator[Callable[..., Node]]:
    servers: list[ThreadingHTTPServer] = []

    def started(certificate: Certificate | None = None) -> Node:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                node.asked.append(self.path)
                status, body = node.answers.pop(0) if len(node.answers) > 1 else node.answers[0]
                sent = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            do_GET = do_POST = answer  # noqa: N815  # the library's names

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        node = Node(f"{scheme}://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return node

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def certify(tmp_path: Path) -> Callable[[str], Certificate]:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def certified(name: str) -> Certificate:
        made = Certificate(tmp_path / f"{name}.pem", tmp_path / f"{name}.key")
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        command += ["-nodes", "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"]
        command += ["-out", str(made.file), "-keyout", str(made.key)]
        subprocess.run(command, check=True, capture_output=True)
        return made

    return certified


def searched(node: Node, certificates: Path | None = None) -> Any:
    client = Client.open(node.url, certificates)
    try:
        return client.search("articles", {"query": {"match_all": {}}})
    finally:
        client.close()


def test_of_each_shard_the_copy_that_keeps_most_of_what_is_deleted_counts(start: Callable[..., Node]) -> None:
    copies = [{"docs": {"count": 5, "deleted": deleted}} for deleted in (0, 2)]
    shards = {"0": copies, "1": [{"docs": {"count": 3, "deleted": 0}}]}
    node = start()
    node.answers[:] = [(200, {"indices": {"articles": {"shards": shards}}})]
    client = Client.open(node.url)
    assert client.lying("articles") == 10
    client.close()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_node_that_is_busy_is_asked_again(start: Callable[..., Node], status: int) -> None:
    node = start()
    node.answers[:] = [(status, {}), (status, {}), (200, {"responses": [FOUND]})]
    assert searched(node) == FOUND
    assert len(node.asked) == 3


@pytest.mark.parametrize("busy", [REFUSED, HALF, FOUND | {"timed_out": True}])
def test_a_search_that_some_shards_refuse_is_asked_again(
    start: Callable[..., Node], busy: dict[str, Any]
) -> None:
    node = start()
    node.answers[:] = [(200, {"responses": [busy]}), (200, {"responses": [FOUND]})]
    assert searched(node) == FOUND
    assert len(node.asked) == 2


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a node that takes every request and answers none, as one whose machine was cut off."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_node_that_does_not_answer_is_left_for_another(
    start: Callable[..., Node], silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_BRIEF", 0.05)
    monkeypatch.setattr(client, "_PATIENCE", 3600)
    node = start()
    node.answers[:] = [(200, {"responses": [FOUND]})]
    opened = Client.open(f"{silent},{node.url}")
    assert [opened.search("articles", {}) for _ in range(3)] == [FOUND] * 3
    opened.close()


def test_who_stays_busy_is_not_asked_for_ever(start: Callable[..., Node]) -> None:
    node = start()
    node.answers[:] = [(200, {"responses": [REFUSED]})]
    with pytest.raises(SearchError, match="answers 429: rejected_execution_exception"):
        searched(node)
    assert len(node.asked) == 6


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((200, {"responses": [LACKING]}), "run hoibao index rebuild"),
        ((401, {}), "refuses the user"),
        ((403, {}), "refuses the user"),
        ((400, {"error": {"type": "parsing_exception"}}), "answers 400"),
    ],
)
def test_what_will_not_get_better_is_asked_once(
    start: Callable[..., Node], answer: tuple[int, Any], reason: str
) -> None:
    node = start()
    node.answers[:] = [answer]
    with pytest.raises(SearchError, match=reason):
        searched(node)
    assert len(node.asked) == 1


def test_a_node_is_trusted_by_the_file_of_its_authority(
    start: Callable[..., Node], certify: Callable[[str], Certificate]
) -> None:
    certificate = certify("own")
    node = start(certificate)
    node.answers[:] = [(200, {"responses": [FOUND]})]
    assert searched(node, certificate.file) == FOUND


@pytest.mark.parametrize("authority", ["another", None])
def test_a_node_that_nobody_vouches_for_is_told_nothing(
    start: Callable[..., Node], certify: Callable[[str], Certificate], authority: str | None
) -> None:
    node = start(certify("own"))
    node.answers[:] = [(200, {"responses": [FOUND]})]
    with pytest.raises(SearchError, match="SEARCH_CA"):
        searched(node, certify(authority).file if authority else None)
    assert node.asked == []
