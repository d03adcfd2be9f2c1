"""The door to an OpenSearch cluster: addresses, patience, and what its failures are called.

Everything that the library raises leaves here as a ``SearchError`` of one line, without a password.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    ImproperlyConfigured,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as UnreachedError

from retrieval.errors import SearchError

PREFIX = "hoibao"  # of the names of all indexes, unless the address ends with another one
# Seconds for an answer of one node; then another one is asked. If none was as fast, a question waits longer:
# who asks busy nodes again and again keeps them busy.
_BRIEF, _PATIENCE = 0.8, 3
_LOADING = 60  # seconds, for what takes its time
_RETRIES = 5
_BUSY = (429, 500, 502, 503, 504)
_MISSING = 404
_SEARCH = {"search_type": "dfs_query_then_fetch", "max_concurrent_searches": 8}
_LACKING = "lacks an index: run hoibao index rebuild"

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterHealth:
    """The health of a cluster."""

    status: str  # "green"; "yellow": some copies are missing; "red": some articles
    nodes: int


class Client:
    """A cluster that answers. Threads may share it."""

    def __init__(self, opensearch: OpenSearch, prefix: str, shown: str) -> None:
        self.prefix = prefix
        self.trips = 0  # requests so far; of threads that ask at once, one may not be counted
        self._opensearch = opensearch
        self._shown = shown

    @classmethod
    def open(cls, url: str, certificates: Path | None = None) -> Self:
        """Return the client of the cluster at *url*; nothing is sent yet.

        *url* may name several nodes, with commas between them, user and password, and a prefix for the names
        of the indexes: ``https://bot:secret@one:9200,https://two:9200/hoibao``. *certificates* is the file of
        the authorities that sign the nodes' certificates, if not the system's. Raises ``SearchError``.
        """
        parts = [urlsplit(part.strip()) for part in url.split(",")]
        if not all(part.scheme in ("http", "https") and part.hostname for part in parts):
            raise SearchError("SEARCH_URL is not usable: each address must begin with https:// or http://")
        try:
            nodes = [
                {"host": part.hostname, "port": part.port or 9200, "use_ssl": part.scheme == "https"}
                for part in parts
            ]
            user = next(((part.username, part.password or "") for part in parts if part.username), None)
            opensearch = OpenSearch(
                nodes,
                http_auth=tuple(map(unquote, user)) if user else None,
                verify_certs=True,
                ca_certs=str(certificates) if certificates else None,
                timeout=_PATIENCE,
                max_retries=_RETRIES,
                retry_on_timeout=True,
                retry_on_status=_BUSY,
            )
        except (ValueError, OSError, ImproperlyConfigured) as error:
            raise SearchError(f"SEARCH_URL is not usable: {error}") from error
        prefix = next((part.path.strip("/") for part in reversed(parts) if part.path.strip("/")), PREFIX)
        return cls(opensearch, prefix, ", ".join(f"{part.hostname}:{part.port or 9200}" for part in parts))

    def close(self) -> None:
        """Close all connections."""
        self._opensearch.close()

    def health(self) -> ClusterHealth:
        """Return how the cluster is."""
        with self._told():
            found = self._opensearch.cluster.health()
            return ClusterHealth(status=found["status"], nodes=found["number_of_nodes"])

    def search(self, index: str, body: Body) -> Any:
        """Return what *index* answers to one search, of all shards."""
        return self.searches([(index, body)])[0]

    def searches(self, asked: Sequence[tuple[str, Body]]) -> list[Any]:
        """Return what indexes answer to several searches, made in one trip; of all shards, or nothing."""
        lines = [line for index, body in asked for line in (_header(index), body)]
        for attempt in range(_RETRIES + 1):
            found = self._soon(
                lambda patience: self._opensearch.msearch(body=lines, params=_SEARCH | patience)
            )["responses"]
            failed = [
                answer
                for answer in found
                if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]
            ]
            if not failed:
                return list(found)
            status = failed[0]["status"] if "error" in failed[0] else 503  # a part of the shards says 200
            if status == _MISSING:
                raise SearchError(f"the search cluster {self._shown} {_LACKING}")
            if status not in _BUSY or attempt == _RETRIES:
                reason = failed[0].get("error", {}).get("type", "some shards did not answer")
                raise SearchError(f"the search cluster {self._shown} answers {status}: {reason}")
        raise AssertionError

    def get(self, index: str, ids: Sequence[str]) -> dict[str, Any]:
        """Return the sources of the documents with these *ids*, as far as there are any."""
        body, params = {"ids": list(ids)}, {"realtime": "false"}
        found = self._soon(
            lambda patience: self._opensearch.mget(index=index, body=body, params=params | patience)
        )
        return {document["_id"]: document["_source"] for document in found["docs"] if document.get("found")}

    def load(self, lines: bytes) -> None:
        """Write or delete documents, given as the lines of a bulk request."""
        with self._told():
            found = self._opensearch.bulk(
                body=lines, params={"request_timeout": _LOADING, "filter_path": "errors,items.*.error"}
            )
        failed = [
            error
            for item in found.get("items", ())
            for outcome in item.values()
            if (error := outcome.get("error"))
        ]
        if failed:
            raise SearchError(f"the search cluster {self._shown} refuses an article: {failed[0]['reason']}")

    def lying(self, index: str) -> int:
        """Return how many documents lie in *index*, with those deleted that still count for its scores."""
        with self._told():
            stats = self._opensearch.indices.stats(index=index, metric="docs", params={"level": "shards"})
        shards = stats["indices"][index]["shards"].values()
        # A copy gets rid of what is deleted when it likes.
        return sum(max(_lying(copy["docs"]) for copy in copies) for copies in shards)

    def create(self, index: str, body: Body) -> None:
        """Make *index*, without what may be there under its name."""
        with self._told():
            indices = self._opensearch.indices
            indices.delete(index=index, params={"ignore_unavailable": "true", "request_timeout": _LOADING})
            indices.create(index=index, body=body, params={"request_timeout": _LOADING})

    def drop(self, index: str) -> None:
        """Delete *index* if it is there."""
        with self._told():
            self._opensearch.indices.delete(
                index=index, params={"ignore_unavailable": "true", "request_timeout": _LOADING}
            )

    def names(self) -> list[str]:
        """Return the indexes that begin with the prefix."""
        with self._told():
            return sorted(self._opensearch.indices.get(index=f"{self.prefix}-*"))

    def settle(self, index: str, settings: Body) -> None:
        """Change the settings of *index*."""
        with self._told():
            self._opensearch.indices.put_settings(
                index=index, body=settings, params={"request_timeout": _LOADING}
            )

    def refresh(self, *indexes: str) -> None:
        """Let searches of *indexes* see what was loaded."""
        with self._told():
            self._opensearch.indices.refresh(index=",".join(indexes), params={"request_timeout": _LOADING})

    def flush(self, *indexes: str) -> None:
        """Let *indexes* write what they hold, so that copies of them are copies of files."""
        with self._told():
            self._opensearch.indices.flush(index=",".join(indexes), params={"request_timeout": _LOADING})

    def name(self, aliases: Mapping[str, str]) -> None:
        """Let each of *aliases* lead to an index, and to no other one, in one step."""
        actions: list[Body] = []
        for alias, index in aliases.items():
            actions.append({"remove": {"index": f"{self.prefix}-*", "alias": alias, "must_exist": False}})
            actions.append({"add": {"index": index, "alias": alias}})
        with self._told():
            self._opensearch.indices.update_aliases(body={"actions": actions})

    def named(self) -> set[str]:
        """Return the indexes that an alias leads to, of those that begin with the prefix."""
        with self._told():
            found = self._opensearch.indices.get_alias(index=f"{self.prefix}-*")
        return {index for index, what in found.items() if what["aliases"]}

    def remove_matching(self, index: str, query: Body) -> None:
        """Delete all documents of *index* that *query* finds, a thousand at a time."""
        self.refresh(index)
        while hits := self.search(index, {"size": 1000, "_source": False, "query": query})["hits"]["hits"]:
            lines = (json.dumps({"delete": {"_index": index, "_id": hit["_id"]}}).encode() for hit in hits)
            self.load(b"\n".join([*lines, b""]))
            self.refresh(index)

    def _soon(self, ask: Callable[[dict[str, float]], Any]) -> Any:
        """Return what *ask* does with brief patience, which is a parameter of it, or else with more."""
        with self._told():
            with suppress(ConnectionTimeout):
                return ask({"request_timeout": _BRIEF})
            return ask({"request_timeout": _PATIENCE})

    @contextmanager
    def _told(self) -> Iterator[None]:
        self.trips += 1
        try:
            yield
        except OpenSearchException as error:
            raise SearchError(f"the search cluster {self._shown} {_reason(error)}") from error


def _lying(docs: Mapping[str, int]) -> int:
    return docs["count"] + docs["deleted"]


def _header(index: str) -> Body:
    return {"index": index, "allow_partial_search_results": False}


def _reason(error: OpenSearchException) -> str:
    if isinstance(error, SSLError):
        return "has a certificate that nobody vouches for: set SEARCH_CA to the file of its authority"
    if isinstance(error, AuthenticationException | AuthorizationException):
        return "refuses the user: check name and password in SEARCH_URL"
    if isinstance(error, ConnectionTimeout):
        return f"does not answer within {_PATIENCE} s: is it overloaded?"
    if isinstance(error, UnreachedError):
        return "cannot be reached: check that it runs and that SEARCH_URL leads to it"
    if isinstance(error, NotFoundError):
        return _LACKING
    if isinstance(error, TransportError):
        return f"answers {error.status_code}: {error.error}"
    return f"cannot be used: {json.dumps(str(error)[:200])}"
