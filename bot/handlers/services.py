"""The services and the context that every handler works with."""

import asyncio
from dataclasses import dataclass
from typing import Any

from telegram import MaybeInaccessibleMessage, Update, User
from telegram.ext import Application, CallbackContext, ExtBot

from bot.alerts.sender import Alerts
from bot.handlers.admins.albums import Albums
from bot.handlers.asking.late_edits import LateEdits
from bot.language import Languages, Texts
from bot.links import Links
from bot.metrics import Metrics
from bot.storage.answers import ShownAnswers
from bot.storage.inbox import Inbox
from bot.storage.keys import chat_key
from bot.storage.languages import ChosenLanguages
from bot.storage.notes import Notes
from bot.transport.admission import Admission
from bot.transport.quota import Quota
from bot.transport.typing import Typing
from retrieval.collection.collection import Collection
from retrieval.journal.journal import NotedAnswer

App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that lives as long as the application."""

    collection: Collection
    typing: Typing
    asking: asyncio.Semaphore  # taken while the collection is asked: more threads would only wake each other
    languages: Languages
    notes: Notes
    answers: ShownAnswers
    chosen: ChosenLanguages
    admission: Admission
    quota: Quota
    late_edits: LateEdits
    metrics: Metrics
    inbox: Inbox
    albums: Albums
    alerts: Alerts
    admins: frozenset[int]  # Telegram user ids
    kept_days: int  # how long questions are kept


class Context(CallbackContext[ExtBot[None], None, None, Services]):
    """PTB's context of one update, with the services and the texts for the person behind the update."""

    received: Update | None = None

    @classmethod
    def from_update(cls, update: object, application: App) -> "Context":
        """Return the context of *update*."""
        context = super().from_update(update, application)
        context.received = update if isinstance(update, Update) else None
        return context

    @property
    def services(self) -> Services:
        """Return the services."""
        return self.bot_data

    @property
    def person(self) -> User | None:
        """Return the person behind the update; None for nobody, as in a channel."""
        return self.received.effective_user if self.received else None

    @property
    def texts(self) -> Texts:
        """Return the texts in the language that the person chose, else in their Telegram's."""
        person, services = self.person, self.services
        chosen = services.chosen.of(person.id) if person else None
        return services.languages.of(chosen or (person.language_code if person else None))

    @property
    def links(self) -> Links:
        """Return the URLs of articles."""
        return Links(username=self.bot.username)

    @property
    def is_by_admin(self) -> bool:
        """Tell whether the person is an admin."""
        return self.person is not None and self.person.id in self.services.admins

    async def answer_shown(self, id_: str, in_: MaybeInaccessibleMessage) -> NotedAnswer | None:
        """Return what ``answer_noted`` does, off the event loop. Raises ``StoreError``."""
        return await asyncio.to_thread(self.answer_noted, id_, in_)

    def answer_noted(self, id_: str, in_: MaybeInaccessibleMessage) -> NotedAnswer | None:
        """Return the answer with this id in the chat of a message; None if it is not kept any more.

        An answer of another chat is refused: a button's data can be made up. Raises ``StoreError``.
        """
        answer = self.services.answers.find(id_)
        chat = chat_key(self.bot.id, in_.chat.id)
        return answer if answer and answer.chat == chat else None
