"""Among: the articles that a question is asked of, as a value, whatever keeps them."""

from dataclasses import dataclass, replace
from datetime import tzinfo

from retrieval.restriction import Restriction


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Articles that every one of some restrictions lets through."""

    restrictions: tuple[Restriction, ...] = ()
    timezone: tzinfo | None = None  # in which their days begin
    keys: frozenset[str] | None = None  # ``Article.key``: only these articles; None: any

    def also(self, restriction: Restriction) -> "Among":
        """Return those of these articles that *restriction* lets through, too."""
        return replace(self, restrictions=(*self.restrictions, restriction))
