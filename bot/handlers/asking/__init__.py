"""A question comes in, by any door; its answer goes out.

``questions`` hears chats, ``inline`` everywhere else, ``answer_buttons`` what is pressed below an answer;
``answering`` counts, searches and notes for all of them. See ``tests/telegram/test_telegram_questions.py``
for questions and their answers.
"""
