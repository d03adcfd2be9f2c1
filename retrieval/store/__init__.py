"""The database: articles, notes, watches, and its migrations."""
