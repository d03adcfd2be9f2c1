"""Inside a web page: markup comes in, and out come the paragraphs of its article and what the page declares.

``parts`` takes a page apart by what follows: ``tree`` parses, ``chrome`` takes away what stands around the
article, ``blocks`` are the paragraphs that are left, and ``region`` says which of them are the article.
``declared`` reads the head of the page, ``script`` finds articles that only a script would show, and ``kind``
tells an article from a list, a form or an error.
"""
