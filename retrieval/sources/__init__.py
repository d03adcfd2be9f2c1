"""The owner's list of sites, feeds and pages comes in; articles go out, batch by batch.

``declared`` reads the list, ``round`` visits the pages whose turn it is, ``schedule`` decides on the next
visit, and ``overview`` tells what came of it. See ``tests/collection/test_following.py`` for rounds over
a site.
"""
