"""Snapshots: an index comes in, of this machine (``embedded``) or of a cluster (``clustered``); the one that
questions are asked of goes out, and the next one takes its place in one assignment::

    snapshots.asking(lambda snapshot: snapshot.engine.ask("thư viện mở cửa lúc mấy giờ"))
"""
