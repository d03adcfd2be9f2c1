"""A question comes in, and an ``Answer`` with excerpts goes out, or the reasons for it.

``engine`` is the door, ``search`` the page that reads as the way of a question, and ``understanding`` tries
what it may mean. ``excerpt`` cuts what is shown, ``explanation`` says why. See
``tests/answering/test_engine.py`` for questions to a few articles and their answers.
"""
