"""From articles to an index: cut passages, build segments, merge them."""
