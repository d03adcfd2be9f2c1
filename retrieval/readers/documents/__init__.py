"""A document of an office comes in: a letter, book, table, mail, archive or scan; its articles go out.

One module a family of formats; what they read becomes articles in ``drafting``. An archive is opened within
limits and never written to the disk. ``tests/readers/test_documents.py`` shows documents and their articles.
"""
