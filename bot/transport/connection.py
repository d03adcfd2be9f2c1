"""Connections to Telegram: what is not Telegram's answer is a fault of the connection, and nobody's else."""

import json
from functools import partial
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.transport.delivery import ON_ITS_WAY, Delivery


class UnreadableError(NetworkError):
    """Telegram's server, or something in between, agreed, but not as Telegram would: a proxy's page, null.

    The request went through, as far as anybody can tell.
    """


class Connection(HTTPXRequest):
    """PTB's connection, which looks at answers before PTB trips over them.

    An update is noted as being answered when the connection stands and only the request's body is yet to be
    sent: if the process dies before, its answer was surely not shown, and may be tried again.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(httpx_kwargs={"event_hooks": {"request": [_trace]}}, **how)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Ask once. Raises ``TelegramError``."""
        status, payload = await super().do_request(*args, **kwargs)
        url: str = kwargs.get("url") or args[0]
        if "/file/" not in url and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            _check(url.rpartition("/")[2], payload)
        return status, payload


async def _trace(request: Any) -> None:
    if delivery := ON_ITS_WAY.get():
        request.extensions["trace"] = partial(_note, delivery)


async def _note(delivery: Delivery, event: str, _: Any) -> None:
    if event.endswith("send_request_body.started"):
        await delivery.sending()


def _check(method: str, payload: bytes) -> None:
    """Raise ``UnreadableError`` if *payload* cannot be Telegram's answer to *method*."""
    try:
        answer = json.loads(payload)
    except ValueError:
        raise UnreadableError("the answer is not JSON") from None
    result = answer.get("result") if isinstance(answer, dict) else None
    if method.lower() == "getupdates":
        is_fine = isinstance(result, list) and all(
            isinstance(update, dict) and isinstance(update.get("update_id"), int) for update in result
        )
    elif method.startswith(("send", "edit")):
        is_fine = result is True or (isinstance(result, dict) and bool(result))
    else:
        is_fine = result is not None
    if not is_fine:
        raise UnreadableError("the answer is not what Telegram would say")
