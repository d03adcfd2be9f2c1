"""What a process has loaded to stay: garbage is looked for among it no more."""

import gc

_NEW = 10_000  # new objects between two looks; Python's own is 700, and one answer makes thousands


def settle() -> None:
    """Look for no garbage among all that there is: that took a tenth of an event loop.

    Processes that are forked from this one go on sharing it: to look would copy it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW)
