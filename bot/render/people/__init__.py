"""What anybody is told beside an answer comes in; the message goes out: welcome, article, alert, privacy.

See ``tests/golden/article.en.txt`` for a page of an article.
"""
