"""A collection of articles: reload it, ask it, and share it between processes."""
