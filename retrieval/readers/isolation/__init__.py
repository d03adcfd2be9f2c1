"""Files come in; what they give goes out, read in other processes: no file can stop, slow or swell this one.

``pool`` shares files among workers, ``worker`` reads, ``limits`` bounds its time and memory, and ``wire`` is
what the two say to each other. ``tests/readers/test_isolation.py`` shows files that crash or hang a worker.
"""
