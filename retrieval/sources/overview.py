"""The overview: source by source what came in, what did not, why, and when it is tried again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from retrieval.errors import ReadError, Reason
from retrieval.sources.declared import SourceKind, WebSource
from retrieval.store.pages import WebPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A page that did not come in, or is gone."""

    address: str
    state: Literal["none", "failed", "gone"]
    reason: Reason
    next: datetime  # when it is tried again
    has_article: bool  # what it held before is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedSource:
    """The state of one source on the web."""

    kind: SourceKind | Literal["hand"]  # hand: pages that were asked for one by one
    address: str  # "" for these
    articles: int  # pages whose article is in the collection
    waiting: int  # pages that are yet to be read
    tried: datetime | None  # the last visit of the source itself; aware
    next: datetime | None  # the next one
    reason: Reason | None  # why the source itself could not be read
    troubles: tuple[Trouble, ...]  # failed ones first, then gone ones, then those that hold no article

    def count(self, state: str) -> int:
        """Return how many pages have this kind of trouble."""
        return sum(trouble.state == state for trouble in self.troubles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The origins of the articles."""

    folders: tuple[tuple[str, int], ...]  # files and folders, the articles folder first; with their articles
    followed: tuple[FollowedSource, ...]  # on the web
    mistakes: tuple[ReadError, ...]  # in the file of sources


def overview(sources: Sequence[WebSource], pages: Iterable[WebPage]) -> tuple[FollowedSource, ...]:
    """Return how it stands with all *sources*, in their order, and last with pages asked for by hand."""
    by_source: dict[str, list[WebPage]] = {source.address: [] for source in sources}
    by_hand: list[WebPage] = []
    for page in pages:
        (by_source.get(page.source, by_hand) if page.source else by_hand).append(page)
    told = [_followed(source.kind, source.address, by_source[source.address]) for source in sources]
    own = [page for page in by_hand if not page.source]
    return (*told, *([_followed("hand", "", own)] if own else []))


def _followed(kind: SourceKind | Literal["hand"], address: str, pages: Sequence[WebPage]) -> FollowedSource:
    first = next((page for page in pages if page.address == address), None)
    troubles = [trouble for page in pages if (trouble := _trouble(page))]
    order = ("failed", "gone", "none")
    return FollowedSource(
        kind=kind,
        address=address,
        articles=sum(page.has_article for page in pages),
        waiting=sum(page.state == "new" for page in pages),
        tried=first.tried if first else None,
        next=first.next if first else None,
        reason=first.reason if first else None,
        troubles=tuple(sorted(troubles, key=lambda trouble: order.index(trouble.state))),
    )


def _trouble(page: WebPage) -> Trouble | None:
    if page.reason is None or page.state not in ("none", "failed", "gone"):
        return None
    return Trouble(
        address=page.address,
        state=page.state,
        reason=page.reason,
        next=page.next,
        has_article=page.has_article,
    )
