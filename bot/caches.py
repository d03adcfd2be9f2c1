"""A place for what libraries compile or draw with, if the program's own folder cannot be written.

An office runs the bot as a user without a home, from code that only root may change. Then numba finds no
folder for the compiled loops, and each start would compile them anew, for half a minute.
"""

import os
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent


def choose(state: Path) -> None:
    """Let caches lie in the folder *state* if they cannot lie beside the code; before they are looked for.

    A new version has a new folder: files of an upgrade may have the size and time of those before.
    """
    if os.access(_HERE, os.W_OK):
        return
    folder = state.absolute()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / f"loops-{version('hoibao')}"))
    os.environ.setdefault("MPLCONFIGDIR", str(folder / "matplotlib"))
