"""The sources of the articles, by all the names that people call them."""

from collections.abc import Iterable
from itertools import combinations

from retrieval.text.canonical import without_accents


class Sources:
    """The sources there are, by all that people call them."""

    def __init__(self, names: Iterable[str]) -> None:
        """*names* are those of the index, those with most articles first."""
        self.names = tuple(filter(None, names))
        self._called: dict[str, list[str]] = {}
        for name in self.names:
            for called in {squeezed(part) for part in _parts(name)}:
                self._called.setdefault(called, []).append(name)

    def called(self, said: str) -> tuple[str, ...]:
        """Return the sources that *said* names: a host as a whole, or any of its labels; a section.

        Case, accents and what stands between letters do not count.
        """
        return tuple(self._called.get(squeezed(said), ()))


def is_host(name: str) -> bool:
    """Tell a source that is a host from one that is a section."""
    return "." in name and " " not in name


def squeezed(said: str) -> str:
    """Return the letters and digits of *said*, without accents, in lower case."""
    return "".join(filter(str.isalnum, without_accents(said).lower()))


def _parts(name: str) -> list[str]:
    """Return *name* and, of a host, all runs of its labels: tuoitre, tuoitre.vn, cuoituan.tuoitre.vn."""
    if not is_host(name):
        return [name]
    labels = name.split(".")
    return [".".join(labels[start:end]) for start, end in combinations(range(len(labels) + 1), 2)]
