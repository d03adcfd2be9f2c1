"""The index, read-only: postings, texts and statistics of an immutable snapshot, and its files."""
