"""An answer comes in, or a mistake in its question; the message with its buttons goes out.

``answers`` shows it in chats, ``inline`` elsewhere, ``explanations`` says why. See
``tests/golden/answer_one.en.txt`` for an answer with one hit.
"""
