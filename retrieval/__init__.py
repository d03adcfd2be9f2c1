"""Ask a collection of articles: questions in, verbatim passages out, nothing about chats.

Put ``the-thu-vien.md`` into the folder ``articles``, with "Thẻ thư viện có giá ba mươi nghìn đồng một năm.":

>>> from pathlib import Path
>>> from retrieval.collection.collection import Collection
>>> collection = Collection.open(
...     database_url="sqlite:///articles.db", index_dir=Path("index"), articles_dir=Path("articles")
... )
>>> collection.reload().added
1
>>> answer = collection.ask("the thu vien")
>>> answer.understood_as, answer.answered
('thẻ thư viện', True)
>>> answer.hits[0].quote
'Thẻ thư viện có giá ba mươi nghìn đồng một năm.'
>>> collection.close()
"""
