"""What admins send and command comes in; what became of it goes out.

``additions`` takes articles, ``corrections`` and ``removals`` change them, ``channels`` follows posts,
``reload`` reads all in, ``overview`` tells how things stand. See
``tests/telegram/test_telegram_additions.py`` for files and texts that become articles.
"""
