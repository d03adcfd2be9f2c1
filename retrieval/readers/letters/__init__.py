"""Text with wrong letters comes in: of an old Vietnamese font, or encoded twice; readable text goes out.

``mending`` is the door, ``fonts`` tells which font it was, ``tables`` has the letters of each, and
``syllables`` knows what Vietnamese can write. ``tests/readers/test_letters.py`` shows texts before and after.
"""
