"""Files and questions come in, reports and answers go out: store, index and engine as one thing.

``collection`` is the door, ``intake.reload`` the page that reads as the way of an article; ``snapshots``
holds what questions are answered from meanwhile. The session in ``retrieval/__init__.py`` shows it at work.
"""
