"""A question comes in and its answer goes out, from a process beside this one that maps the same files.

``workers`` starts and replaces them, ``nursery`` forks them, ``inquiry`` is what is said to one,
``number`` says how many suit the machine, and ``garbage`` leaves alone what stays.
``tests/collection/test_workers.py`` shows questions to them.
"""
