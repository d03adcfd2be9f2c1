"""The settings of an operator: environment variables, or the same names in a file `.env`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.allowed import ALLOWED_FORM
from bot.errors import SettingsError

_PUBLIC_SERVER = "https://api.telegram.org"
# The lists of other wordings. Not settings: who needs others edits them.
SYNONYMS = Path("data/synonyms.txt")
EVERYDAY = Path("data/everyday.txt")
GLOSSARY = Path("data/glossary.txt")
_NO_HOURS = "none"
_HOUR = r"[01]?\d|2[0-3]"
_QUIET_HOURS = rf"^(?:{_NO_HOURS}|(?P<begin>{_HOUR})-(?P<end>{_HOUR}))$"
_WEB_ADDRESS = r"^https?://[^\s/]+\S*$"  # with a host


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The hours in which no alert is sent: from *begin* up to *end*, over midnight if *end* is earlier.

    Equal: there are none.
    """

    begin: time
    end: time
    timezone: ZoneInfo

    @classmethod
    def parse(cls, text: str, timezone: ZoneInfo) -> Self:
        """Return the hours of a *text* that matches the setting's pattern."""
        match = re.match(_QUIET_HOURS, text)
        begin, end = (int(match[name] or 0) if match else 0 for name in ("begin", "end"))
        return cls(begin=time(begin), end=time(end), timezone=timezone)

    def hold(self, moment: datetime) -> bool:
        """Tell whether *moment*, an aware time, is within these hours."""
        clock = moment.astimezone(self.timezone).time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end


def _matches(pattern: str) -> Callable[[SecretStr], SecretStr]:
    """Return a check that a secret is all of *pattern*."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value(), re.ASCII):
            raise ValueError("the secret has another form")
        return secret

    return check


class Settings(BaseSettings):
    """The settings; each is read from the variable of its name in capitals.

    The environment goes before `.env` in the current folder. A blank value stands for the default.
    Relative paths are relative to the current folder.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # Notepad writes a byte order mark
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # a mistyped token stays out of the message
    )

    telegram_token: Annotated[SecretStr, AfterValidator(_matches(r"\d+:[\w-]+"))] | None = Field(
        default=None, description="The bot's token, from @BotFather. Without it: the terminal only."
    )
    telegram_api_url: str = Field(
        default=_PUBLIC_SERVER,
        pattern=_WEB_ADDRESS,
        description="Another Bot API server, for one of your own.",
    )
    admin_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(),
        description="Telegram ids of those who may /reload, comma-separated; @userinfobot tells you yours.",
    )
    allowed: str = Field(
        default="",
        pattern=ALLOWED_FORM,
        description="Who may ask: ids of people, groups, topics (`-100123/45`), `members:-100123`. "
        "Empty: everybody.",
    )
    articles_dir: Path = Field(default=Path("data/articles"), description="The folder of your articles.")
    sources: Path = Field(
        default=Path("data/sources.toml"), description="The file that names sites, feeds and pages to follow."
    )
    private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts inside your network that pages may be fetched from, comma-separated.",
    )
    database_url: str = Field(
        default="sqlite:///data/state/hoibao.db",
        description="Where articles are stored: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME`.",
    )
    index_dir: Path = Field(
        default=Path("data/state/index"), description="The index's folder; rebuilt when it is lost."
    )
    search_url: Annotated[SecretStr, AfterValidator(_matches(r"https?://\S+"))] | None = Field(
        default=None,
        description="An OpenSearch cluster instead of INDEX_DIR: `https://USER:PASSWORD@HOST:9200`, "
        "more nodes behind commas.",
    )
    search_ca: Path | None = Field(
        default=None, description="The file of the authority that signs the cluster's certificates."
    )
    default_language: Literal["vi", "en"] = Field(
        default="vi",
        description="vi or en: for people whose language the bot does not speak, and the terminal.",
    )
    timezone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Ho_Chi_Minh"), description="Of dates without one, and of dates shown."
    )
    contact: str = Field(
        default="",
        description="Whom to turn to for more than articles say: phone, address, hours. Shown as it is.",
    )
    quiet_hours: str = Field(
        default="22-7",
        pattern=_QUIET_HOURS,
        description="From when to when no alert is sent, in whole hours of TIMEZONE; none: at any hour.",
    )
    questions_per_minute: int = Field(
        default=20, ge=0, description="How many questions of one person are answered in a minute; 0: all."
    )
    questions_kept_days: int = Field(
        default=30, ge=1, le=3650, description="How many days questions are kept; /privacy tells people."
    )
    webhook_url: str | None = Field(
        default=None,
        pattern=_WEB_ADDRESS,
        description="The bot's public address. Unset: long polling, which needs no address.",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_matches(r"[\w-]{1,256}"))] | None = Field(
        default=None, description="Proves that a call to the webhook is Telegram's: letters, digits, _ and -."
    )
    listen: str = Field(default="127.0.0.1", description="The address the webhook and HEALTH_PORT listen on.")
    port: int = Field(default=8080, ge=1, le=65535, description="The port the webhook listens on.")
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="The port of /healthz, /readyz and /metrics (Prometheus). Unset: none.",
    )
    errors_chat: int | None = Field(
        default=None,
        description="The id of a chat that hears of errors, at most once an hour. Unset: none does.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much `hoibao run` logs: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="console for people, json for machines."
    )

    @classmethod
    def load(cls) -> Self:
        """Read the settings.

        Raises ``SettingsError``, one line that names every variable with a wrong value, never a secret.
        """
        try:
            return cls()
        except ValidationError as error:
            problems = "; ".join(_problem(detail) for detail in error.errors())
            raise SettingsError(f"{problems}: correct it in .env or in the environment") from None
        except UnicodeDecodeError:
            raise SettingsError(".env is not UTF-8 text: save it again as UTF-8") from None

    @property
    def has_own_server(self) -> bool:
        """Whether another Bot API server is set than the public one."""
        return self.telegram_api_url != _PUBLIC_SERVER

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must never be seen in a log or a message."""
        secrets = (self.telegram_token, self.webhook_secret, self.search_url)
        return tuple(secret.get_secret_value() for secret in secrets if secret)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_unset(cls, values: dict[str, object]) -> dict[str, object]:
        stripped = {
            name: value.strip() if isinstance(value, str) else value for name, value in values.items()
        }
        return {name: value for name, value in stripped.items() if value != ""}

    @field_validator("admin_ids", "private_hosts", mode="before")
    @classmethod
    def _split_at_commas(cls, listed: object) -> object:
        return tuple(listed.replace(",", " ").split()) if isinstance(listed, str) else listed

    @field_validator("telegram_api_url")
    @classmethod
    def _no_slash_at_the_end(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("log_format", "default_language", "quiet_hours", mode="before")
    @classmethod
    def _lower(cls, name: object) -> object:
        return name.lower() if isinstance(name, str) else name


def _problem(error: ErrorDetails) -> str:
    """Say what one variable needs and, unless it is a secret, what it holds."""
    field = str(error["loc"][0])
    given = "" if field in _SECRETS else f", not {error['input']!r}"
    return f"{field.upper()} needs {_NEEDS.get(field, error['msg'])}{given}"


_SECRETS = {"telegram_token", "webhook_secret", "search_url"}

# pydantic's own messages speak to programmers.
_NEEDS = {
    "telegram_token": "a token, copied whole from @BotFather (123456789:AAE…)",
    "telegram_api_url": "an address like https://api.telegram.org",
    "admin_ids": "whole numbers, comma-separated",
    "allowed": "ids like 123, -100123, -100123/45 or members:-100123, comma-separated",
    "search_url": "an address like https://user:password@search.example.vn:9200",
    "default_language": "vi or en",
    "timezone": "a name like Asia/Ho_Chi_Minh",
    "quiet_hours": "two hours like 22-7, or none",
    "questions_per_minute": "a whole number, 0 for no limit",
    "questions_kept_days": "a whole number from 1 to 3650",
    "webhook_url": "an address like https://bot.example.vn/hook",
    "webhook_secret": "1 to 256 of the characters A-Z, a-z, 0-9, _ and -",
    "port": "a whole number from 1 to 65535",
    "health_port": "a whole number from 1 to 65535",
    "errors_chat": "the id of a person or group, like 123 or -100123",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "log_format": "console or json",
}
