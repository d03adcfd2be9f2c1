"""Robots: what a site asks programs not to read, how slowly, and where its sitemaps are (RFC 9309)."""

from dataclasses import dataclass
from typing import Self

from protego import Protego

AGENT = "hoibao"  # the name that a site's rules call this program by
MAX_PAUSE = 30.0  # seconds; a site that asks for more gets this
MAX_BYTES_READ = 512 * 1024  # of the rules


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host."""

    rules: Protego

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Return the rules of a file; of b"": everything may be read."""
        return cls(Protego.parse(content[:MAX_BYTES_READ].decode("utf-8", "replace")))

    def allow(self, address: str) -> bool:
        """Tell whether *address* may be read."""
        return bool(self.rules.can_fetch(address, AGENT))

    @property
    def pause(self) -> float:
        """Seconds that the site wants between two requests; 0: it does not say."""
        return min(MAX_PAUSE, float(self.rules.crawl_delay(AGENT) or 0))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The addresses of the sitemaps that the site names."""
        return tuple(self.rules.sitemaps)
