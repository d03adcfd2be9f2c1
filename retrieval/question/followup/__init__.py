"""A message and the question before it come in; what the two ask together goes out, if it follows up.

``saying`` tells what a message names and asks, ``opening`` cuts "à nhầm, …", ``combination`` puts two
together, ``followup`` decides. ``tests/question/test_followup.py`` shows messages of a conversation.
"""
