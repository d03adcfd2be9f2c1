"""A cluster's edition of two generations, for the tests: some articles go from the first, others come."""

from collections.abc import Sequence

from retrieval.article import Article, article_key
from retrieval.cluster import edition as editions
from retrieval.cluster.client import Client
from retrieval.cluster.edition import Filling
from retrieval.index.vocabulary import Vocabulary
from retrieval.store.database import Database
from retrieval.store.statistics import ClusterEdition, Statistics, put


def second_generation(
    client: Client, database: Database, first: Sequence[Article], gone: Sequence[str], come: Sequence[Article]
) -> ClusterEdition:
    """Fill an edition with *first*, take those with the ids *gone* out and *come* in; return it."""
    name, statistics = f"{client.prefix}-first", Statistics(database)
    editions.create(client, name, articles=len(first))
    filling = Filling(client, editions.empty(name), Vocabulary.of([]), generation=1)
    filling.add(first)
    statistics.fill(name, 1, filling.words, filling.counted, filling.bounds)
    before = editions.opened(client, statistics, filling.edition).articles
    change = Filling(client, filling.edition, before.index.vocabulary, generation=2)
    change.remove(before.places([article_key(id_) for id_ in gone]))
    change.add(come)
    with database.transaction() as connection:
        put(
            connection,
            change.edition,
            first_word=change.first_word,
            words=change.words,
            counted=change.counted,
            bounds=change.bounds,
        )
    return change.edition
