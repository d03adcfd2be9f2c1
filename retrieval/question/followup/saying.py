"""A message of a conversation, and what its parts do: what it names, what it asks."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Self

from retrieval.question.parts import Part, parts
from retrieval.question.roles import Role
from retrieval.text.analyzer import term, tokens

LEADING = frozenset({Role.OPENS, Role.ALSO})
END_MARKS = " ,;:.?!…–-"
_LOOSE_MARK = re.compile(r"\s+(?=[,;:.?!])|(?<=\s)[,;:.?!]+\s")


class Saying:
    """A question and its parts."""

    def __init__(self, text: str, found: list[Part] | None = None) -> None:
        self.text = text
        self.parts = parts(text) if found is None else found
        self.kinds = {part.kind for part in self.parts}
        own = (word for part in self.parts if part.kind is Role.SUBJECT for word in part.terms)
        self.subject = tuple(dict.fromkeys(own))

    @property
    def length(self) -> int:
        """The number of words."""
        return sum(len(part.terms) for part in self.parts)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the subject, those that stand together joined."""
        names = (Role.SUBJECT, Role.NUMBER)  # "quầy 5" is another one than "quầy 3"
        runs = [list(run) for is_name, run in groupby(self.parts, lambda part: part.kind in names) if is_name]
        return tuple(
            " ".join(word for part in run for word in part.terms)
            for run in runs
            if any(part.kind is Role.SUBJECT for part in run)
        )

    def respelled(self, restored: str) -> Self:
        """Return the question with the accents of known phrases, and of others those *restored*."""
        read = [restored[token.start : token.end] for token in tokens(restored)]
        if len(read) != self.length:
            return self
        text, end, found = "", 0, list[Part]()
        for part in self.parts:
            text += self.text[end : part.start]
            words, read = read[: len(part.terms)], read[len(part.terms) :]
            start, end = len(text), part.end
            text += " ".join(words if part.kind is Role.SUBJECT else part.terms)
            read_as = tuple(map(term, words)) if part.kind is Role.SUBJECT else part.terms
            found.append(part._replace(terms=read_as, start=start, end=len(text)))
        return type(self)(text + self.text[end:], found)

    @property
    def opens(self) -> bool:
        """Whether it begins as what goes on with something: "còn"."""
        return self.parts[0].kind is Role.OPENS if self.parts else False

    @property
    def does_first(self) -> bool:
        """Whether it says what is done before it names anything."""
        kinds = (part.kind for part in self.parts if part.kind is not Role.FILLS)
        return next(kinds, None) is Role.DOES

    @property
    def does_have(self) -> bool:
        """Whether it says or asks what a word has that it begins with: "xã có"."""
        return self.parts[0].kind is Role.SUBJECT and any(part.terms == ("có",) for part in self.parts[1:2])

    @property
    def named(self) -> list[Part]:
        """Without "còn" and "thì sao", and without what says nothing at either end."""
        return without_ends([part for part in self.parts if part.kind not in LEADING], {Role.FILLS})

    def beside(self, part: Part) -> tuple[str | None, str | None]:
        """Return the words on both sides of *part*."""
        place = self.parts.index(part)
        left = self.parts[place - 1].terms[-1] if place else None
        return left, self.parts[place + 1].terms[0] if place + 1 < len(self.parts) else None

    def rewritten(self, changes: Mapping[Part, str]) -> str:
        """Return the text with other words, or none, in the place of some parts."""
        text = self.text
        for part in reversed(self.parts):
            if part in changes:
                text = text[: part.start] + changes[part] + text[part.end :]
        return " ".join(_LOOSE_MARK.sub("", text).split()).strip(END_MARKS)

    def only(self, kept: Iterable[Part]) -> str:
        """Return the text of *kept* alone."""
        return self.rewritten(dict.fromkeys(set(self.parts) - set(kept), ""))


def without_ends(kept: list[Part], kinds: set[Role]) -> list[Part]:
    """Return *kept* without what is of *kinds* at either end."""
    places = [at for at, part in enumerate(kept) if part.kind not in kinds]
    return kept[places[0] : places[-1] + 1] if places else []
