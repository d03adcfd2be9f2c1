"""Intake: files and pages come in, changes of store and index go out. ``reload`` is the page of files, and
``following`` that of the web; both compare what they read with what is there, and commit it in one go::

    report = Reload(…).run([Path("data/articles")], tell_nobody)
"""
