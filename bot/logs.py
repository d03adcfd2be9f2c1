"""Logging: structlog's events and the standard library's go one way out, to stderr, without secrets."""

import logging
import sys
from collections.abc import Collection, Sequence
from types import TracebackType
from typing import Literal
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# At INFO they tell every request (httpx with the page's URL) or every migration; markdown_it at DEBUG each
# rule that it tries at each line.
_TALKATIVE = (
    "alembic", "apscheduler", "httpcore", "httpx", "markdown_it", "matplotlib", "PIL", "telegram", "tornado",
)  # fmt: skip
_REPORTED = ("trafilatura",)  # what it warns of stands in the report of a reload
_REDACTED = "[redacted]"


class Redact:
    """The last processor: takes every secret out of the finished line, wherever it stands.

    A traceback or a URL holds a token as well as an event does, so only the rendered text is safe to judge.
    """

    def __init__(self, secrets: Collection[str]) -> None:
        # The longest first: one secret may be a part of another.
        spellings = {spelling for secret in secrets for spelling in (secret, quote(secret, safe=""))}
        self._spellings = sorted(filter(None, spellings), key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return *text* without the secrets."""
        for spelling in self._spellings:
            text = text.replace(spelling, _REDACTED)
        return text

    def __call__(self, _logger: WrappedLogger, _method: str, event: str | EventDict) -> str:
        """Do it for structlog, whose renderer comes before and leaves a text."""
        return self.text(str(event))


def set_up(*, level: str, form: Literal["console", "json"], secrets: Collection[str] = ()) -> None:
    """Send every log event of this process to stderr, one way, from *level* upwards.

    Takes over the root logger and the hook for uncaught exceptions, so that their tracebacks lose
    the secrets too. May be called again; the last call counts.
    """
    shared: Sequence[Processor] = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=form == "json"),
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(shared, form, secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    _quiet(_TALKATIVE, logging.WARNING)
    _quiet(_REPORTED, logging.CRITICAL)
    sys.excepthook = _log_uncaught


def _formatter(
    shared: Sequence[Processor], form: Literal["console", "json"], secrets: Collection[str]
) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_renderers(form),
            Redact(secrets),
        ],
    )


def _quiet(names: Sequence[str], level: int) -> None:
    for name in names:
        logging.getLogger(name).setLevel(max(level, logging.getLogger().level))


def _renderers(form: Literal["console", "json"]) -> tuple[Processor, ...]:
    if form == "json":
        return (structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False))
    # The pretty tracebacks print local variables and wrap lines, and a wrapped token is not recognised.
    plain = structlog.dev.plain_traceback
    return (structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain),)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger(__name__).critical("stopped by an unexpected error", exc_info=(kind, error, trace))
