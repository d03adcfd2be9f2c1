"""Corrections: what somebody who knows better says of an article: of a file's, in a hidden file beside it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from retrieval.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Values in place of those read; None: that one stays."""

    title: str | None = None
    published: datetime | None = None  # aware
    url: str | None = None

    @classmethod
    def of(cls, path: Path) -> "Correction":
        """Return the correction of the file at *path*; one that changes nothing if there is none."""
        try:
            return cls.from_json(correction_path(path).read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            return cls()

    @classmethod
    def from_json(cls, text: str) -> "Correction":
        """Return the correction that ``as_json`` wrote; one that changes nothing if *text* is none."""
        try:
            said = json.loads(text)
            published = said.get("published")
            return cls(
                title=said.get("title"),
                published=published and datetime.fromisoformat(published),
                url=said.get("url"),
            )
        except (ValueError, TypeError, AttributeError):
            return cls()

    def as_json(self) -> str:
        """Return it as text."""
        published = self.published and self.published.isoformat()
        said = {"title": self.title, "published": published, "url": self.url}
        return json.dumps(said, ensure_ascii=False)

    def save(self, path: Path) -> None:
        """Keep it for the file at *path*. Raises ``OSError``."""
        correction_path(path).write_text(self.as_json(), encoding="utf-8")

    def of_article(self, article: Article) -> Article:
        """Return *article* as it should be; its id stays."""
        return replace(
            article,
            title=self.title or article.title,
            published=self.published or article.published,
            url=self.url or article.url,
        )


def correction_path(path: Path) -> Path:
    """Return where the correction of the file at *path* is kept; nobody takes it for an article."""
    return path.with_name(f".{path.name}.correction")
