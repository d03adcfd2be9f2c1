"""Adapters from updates to plain functions: a command or text hands over its message, a button its value."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters
from telegram.ext.filters import BaseFilter

from bot import buttons
from bot.handlers.services import Context

Value = TypeVar("Value", covariant=True)
Take = Callable[[Message, Context], Coroutine[Any, Any, None]]

# An automatic forward is a channel's post in its discussion group: nobody speaks to the bot there. A message
# "via" a bot is an answer that somebody shared.
SAID = ~filters.IS_AUTOMATIC_FORWARD & ~filters.VIA_BOT
NEW = filters.UpdateType.MESSAGE & SAID
NEW_OR_EDITED = filters.UpdateType.MESSAGES & SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Generic[Value]):
    """A button that was pressed."""

    value: Value  # that the button carries
    query: CallbackQuery
    message: MaybeInaccessibleMessage  # the one with the button


def command(name: str, take: Take, on: BaseFilter = NEW) -> CommandHandler[Context, None]:
    """Return the handler of a command, by default in new messages only."""
    return CommandHandler(name, _message(take), on)


def text(take: Take, on: BaseFilter) -> MessageHandler[Context, None]:
    """Return the handler of the messages that pass a filter."""
    return MessageHandler(on, _message(take))


class Buttons(BaseHandler[Update, Context, None]):
    """The handler of all buttons: reads a button's data once, and hands its value to the right function."""

    def __init__(
        self,
        takers: Mapping[type, Any],  # by the type of the value: async functions of a Press and the context
        unknown: Callable[[CallbackQuery], Coroutine[Any, Any, None]],
    ) -> None:
        super().__init__(self._take)
        self._takers = takers
        self._unknown = unknown

    def check_update(self, update: object) -> bool:
        """Take every press of a button."""
        return isinstance(update, Update) and update.callback_query is not None

    async def _take(self, update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        value = buttons.parse(query.data)
        if value is None or query.message is None:
            await self._unknown(query)
        else:
            await self._takers[type(value)](Press(value=value, query=query, message=query.message), context)


def _message(take: Take) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handle(update: Update, context: Context) -> None:
        assert update.effective_message is not None  # the filters see to it
        await take(update.effective_message, context)

    return handle
