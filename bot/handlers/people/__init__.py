"""What anybody does beside asking comes in: read, follow, choose a language, be forgotten; a reply goes out.

One module a wish, with its commands and buttons. See ``tests/telegram/test_telegram_reading.py`` for
somebody who reads an article page by page.
"""
