"""The people and chats that may ask, as the setting ``ALLOWED`` lists them.

    7                 a person, in every chat
    -100500           everybody in a group
    -100500/12        everybody in one topic of a group; topic 1 is "General"
    members:-100500   the members of a group, in every chat

Entries stand between commas or spaces. An empty list admits everybody.
"""

import re
from dataclasses import dataclass
from typing import Self

GENERAL = 1  # the topic that Telegram gives no number to; a chat without topics is all of it
_MEMBERS = "members:"
_ENTRY = rf"(?:\d+|-\d+(?:/\d+)?|{_MEMBERS}-\d+)"
ALLOWED_FORM = rf"^[\s,]*(?:{_ENTRY}(?:[\s,]+|$))*$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chat that something comes from, with its topic."""

    chat: int  # id; positive for a private chat, and there also the person's
    topic: int = GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """The list, by Telegram's ids."""

    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    topics: frozenset[Place] = frozenset()
    members_of: frozenset[int] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the list of a *text* of the form ``ALLOWED_FORM``."""
        entries = re.findall(_ENTRY, text)
        plain = {entry for entry in entries if "/" not in entry and not entry.startswith(_MEMBERS)}
        topics = (entry.split("/") for entry in entries if "/" in entry)
        return cls(
            people=frozenset(int(entry) for entry in plain if not entry.startswith("-")),
            groups=frozenset(int(entry) for entry in plain if entry.startswith("-")),
            topics=frozenset(Place(chat=int(chat), topic=int(topic)) for chat, topic in topics),
            members_of=frozenset(
                int(entry.removeprefix(_MEMBERS)) for entry in entries if entry.startswith(_MEMBERS)
            ),
        )

    @property
    def all_groups(self) -> frozenset[int]:
        """Return every group that is named, by itself, by a topic or by its members."""
        return self.groups | self.members_of | {topic.chat for topic in self.topics}

    @property
    def is_everybody(self) -> bool:
        """Tell whether the list is empty, so that everybody may ask."""
        return not (self.people or self.groups or self.topics or self.members_of)

    def admits_all_of(self, place: Place) -> bool:
        """Tell whether whoever can write in *place* may ask there."""
        return (
            self.is_everybody
            or place in self.topics
            or place.chat in self.people | self.groups | self.members_of
        )
