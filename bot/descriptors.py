"""Open files: an index is mapped from two dozen files a segment, of which a large collection has dozens."""

import sys
from contextlib import suppress

_MOST = 65_536


def allow() -> None:
    """Let this process have as many files open as the system lets it: many begin with a limit of 1,024."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST if hard == resource.RLIM_INFINITY else min(hard, _MOST)
    with suppress(OSError, ValueError):  # then it has those that it has
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
