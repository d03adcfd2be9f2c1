"""What an index of the cluster is like."""

import pytest

from retrieval.cluster.loading import PER_SHARD, shards


@pytest.mark.parametrize(
    ("articles", "expected"), [(0, 1), (1, 1), (PER_SHARD, 1), (PER_SHARD + 1, 2), (23 * PER_SHARD, 23)]
)
def test_articles_are_spread_over_as_few_shards_as_hold_them(articles: int, expected: int) -> None:
    assert shards(articles) == expected
