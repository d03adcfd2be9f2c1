"""The lookout: followed questions are asked of the articles that are new to them."""

from collections.abc import Sequence

from retrieval.collection.collection import Collection
from retrieval.store.watches import Watch

MOST = 20  # articles that a watch finds in one look: it is an answer to the question, not a search


def look(collection: Collection) -> None:
    """Let each watch look at the articles that were added since it last did, and note what answers it.

    It does not matter which process added them, or when. Articles that are in the database and not yet
    in the index are looked at the next time. Raises ``StoreError``.
    """
    generation = collection.generation
    behind = collection.watches.behind(generation)
    if not behind:
        return
    added = {checked: collection.added_since(checked) for checked in {watch.checked for watch in behind}}
    found = {watch.id: _found(collection, watch, added[watch.checked]) for watch in behind}
    collection.watches.note(found, generation)


def _found(collection: Collection, watch: Watch, article_ids: Sequence[str]) -> list[str]:
    if not article_ids:
        return []
    answer = collection.ask_among(watch.question, article_ids, limit=MOST)
    return [hit.article.id for hit in answer.hits] if answer.answered else []
