"""What admins send and command comes in: articles, their corrections and removals, reloads, overviews."""
