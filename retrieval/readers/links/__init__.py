"""A feed, a sitemap or a page with links comes in; its links go out: only the way to articles.

``reading`` tells which of these a file is and hands it to ``feed``, ``sitemap`` or ``anchors``.
``tests/readers/test_page_links.py`` shows pages and their links.
"""
