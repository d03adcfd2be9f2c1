"""All pages to read, with what should come: stories in portals, letters, and pages without an article."""

from dataclasses import dataclass
from datetime import date

from benchmarks.extraction import letters, others, papers, portals
from benchmarks.extraction.stories import STORIES

STORIES_EACH = 3  # of six, so that each template meets other neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPage:
    """A page, and what a reader should make of it; an empty ``body`` if it holds no article."""

    name: str
    html: str
    title: str = ""
    body: str = ""
    published: date | None = None
    author: str | None = None
    seen: bool = True  # while the reader was written; the others were looked at afterwards

    @property
    def is_article(self) -> bool:
        """Whether the page holds an article."""
        return bool(self.body)


def pages() -> list[LabelledPage]:
    """Return all pages, the same ones in the same order every time."""
    return [*_portals(), *_letters(), *_others()]


def _portals() -> list[LabelledPage]:
    found = []
    for seen, templates in ((True, portals.SEEN), (False, portals.UNSEEN), (False, papers.LATE)):
        for number, (name, template) in enumerate(templates.items()):
            for step in range(STORIES_EACH):
                place = (number + 2 * step) % len(STORIES)
                story = STORIES[place]
                neighbours = [STORIES[(place + offset) % len(STORIES)] for offset in (1, 2, 3)]
                known = template(story, neighbours)
                found.append(
                    LabelledPage(
                        name=f"{name}-{story.slug}",
                        html=known.html,
                        title=story.title,
                        body=story.body,
                        published=story.published.date() if known.has_date else None,
                        author=story.author if known.has_author else None,
                        seen=seen,
                    )
                )
    return found


def _letters() -> list[LabelledPage]:
    found = []
    for letter in letters.LETTERS:
        body = "\n".join((f"Số: {letter.number}", *letter.paragraphs))
        for name, html, title, text in (
            ("word", letters.word(letter), letter.title, body),
            ("pasted", letters.pasted(letter), letter.title, body),
            ("card", letters.card(letter), letter.subject, letters.card_text(letter)),
        ):
            found.append(
                LabelledPage(
                    name=f"{name}-{letter.slug}",
                    html=html,
                    title=title,
                    body=text,
                    published=letter.published.date(),
                    seen=name != "pasted",
                )
            )
    return found


def _others() -> list[LabelledPage]:
    return [
        LabelledPage(name=f"no-article-{name}", html=html, seen=seen)
        for seen, group in ((True, others.SEEN), (False, others.UNSEEN))
        for name, html in group.items()
    ]
