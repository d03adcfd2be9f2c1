"""What a source says of its article comes in, under any name and as any date; fields of an article go out.

``names`` knows the names, ``dates`` the dates, ``fields`` makes the article, ``correction`` is what somebody
who knows better says. ``tests/readers/test_dates.py`` shows how dates are written.
"""
