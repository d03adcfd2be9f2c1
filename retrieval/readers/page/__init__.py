"""The markup of a web page comes in; the paragraphs of its article and what the page declares go out.

``parts`` takes a page apart by what follows: ``tree`` parses, ``chrome`` takes away what stands around the
article, ``blocks`` are the paragraphs that are left, and ``region`` says which of them are the article.
``declared`` reads the head of the page, ``script`` finds articles that only a script would show, and ``kind``
tells an article from a list, a form or an error. ``tests/readers/test_html.py`` shows pages and their
articles.
"""
