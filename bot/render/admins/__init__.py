"""What was taken in, what a reload did and how the bot is used comes in; messages to admins go out.

See ``tests/golden/taken.en.txt`` for the message about a file that became an article.
"""
