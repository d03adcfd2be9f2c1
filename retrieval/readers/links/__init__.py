"""Links out of a feed, a sitemap, or a page with links: only the way to articles."""
