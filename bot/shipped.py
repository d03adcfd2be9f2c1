"""The files that come with the program: below this package in a wheel, in their own places in a checkout."""

from pathlib import Path

_HERE = Path(__file__).parent
INSTALLED = _HERE / "share"
_CHECKOUT = _HERE.parent


def shipped(name: str) -> Path:
    """Return the path of what the project has as *name*, with or without `data/` before it."""
    places = (INSTALLED / name, _CHECKOUT / "data" / name, _CHECKOUT / name)
    return next((path for path in places if path.exists()), places[0])
