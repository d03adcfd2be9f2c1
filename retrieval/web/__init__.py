"""An address comes in, and what stands there now goes out, or the reason why not.

``web`` is the door. ``guard`` keeps it from machines that are not on the public internet, ``robots`` from
what a site does not want read; ``body`` and ``deadline`` bound what comes. See ``tests/web/test_web.py`` for
pages that are fetched and refused.
"""
