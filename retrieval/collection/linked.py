"""Answer a question by the article that it links to; by all of them if it links to none."""

from typing import Protocol

from retrieval.answer import Answer, Hit, nothing
from retrieval.article import article_key
from retrieval.collection.snapshots.snapshot import Snapshot
from retrieval.question.link import Link, link_in
from retrieval.ranking.nominees import Articles
from retrieval.store.articles import Store
from retrieval.text.canonical import clean


class Ask(Protocol):
    """Answers a question by all articles, as ``Engine.ask`` does."""

    def __call__(self, question: str, *, limit: int, after: str | None, besides: Hit | None = None) -> Answer:
        """Return the answer."""


def asked(
    snapshot: Snapshot,
    search: Ask,
    store: Store,
    question: str,
    *,
    limit: int,
    after: str | None,
    besides: Hit | None,
) -> Answer:
    """Answer *question* from *snapshot*, as ``Collection.ask`` says; *store* knows the addresses.

    *search* answers from the same snapshot what names no article.
    """
    link = link_in(clean(question))
    if link is None:
        return search(question, limit=limit, after=after, besides=besides)
    if id_ := _linked(snapshot.articles, store, link):
        return snapshot.engine.tell(question, id_, link.rest if link.asks_more else "")
    if link.is_sure and not link.stands_alone:
        return nothing(clean(question))
    return search(link.rest if link.is_sure else question, limit=limit, after=after)


def _linked(articles: Articles, store: Store, link: Link) -> str | None:
    """Return the id of the article that *link* leads to; None if there is none."""
    named = store.urls_with(link.name)
    return next((id_ for id_, url in named if link.leads_to(url) and articles.find(article_key(id_))), None)
