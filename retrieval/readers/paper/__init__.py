"""A PDF comes in; its article goes out, with the numbers of its pages.

``pdf`` is the door. ``line`` puts the letters of a page into lines and these in the order of reading;
``paragraphs`` joins them over lines and pages. ``tests/readers/test_pdf.py`` shows pages and their text.
"""
