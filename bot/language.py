"""The bot's words in the user's language.

Message ids are the English texts themselves, so English needs no catalogue. The others are
``locales/<code>/LC_MESSAGES/hoibao.po``, read at start: there is no compiled file to forget.
"""

from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from retrieval.errors import Reason

_LOCALES = Path(__file__).parent / "locales"
_DATE_PATTERN = {"vi": "dd/MM/y", "en": "d MMM y"}  # as newspapers in that language print dates
_DAY_PATTERN = {"vi": "dd/MM", "en": "d MMM"}

_Day = date  # within the class the name is a method's


class Texts:
    """Sentences, numbers and dates in one language."""

    def __init__(
        self, code: str, catalogue: NullTranslations, timezone: ZoneInfo, *, contact: str = ""
    ) -> None:
        """*contact* tells how to reach a person, in the words of whoever runs the bot; "": nobody says."""
        self.code = code
        self.contact = contact
        self._catalogue = catalogue
        self.timezone = timezone

    @property
    def name(self) -> str:
        """The name of the language among those who speak it."""
        return Locale(self.code).get_display_name() or self.code

    def __call__(self, msgid: str, /, **values: object) -> str:
        """Return the text for the English *msgid*, its ``{placeholders}`` filled in."""
        return self._catalogue.gettext(msgid).format(**values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the form that fits *n*; ``{n}`` in it is *n* as this language writes numbers."""
        return self._catalogue.ngettext(one, many, n).format(**{"n": self.number(n), **values})

    def reason(self, reason: Reason) -> str:
        """Return why something went wrong, in this language."""
        values = {
            name: self.reason(value) if isinstance(value, Reason) else value
            for name, value in reason.values.items()
        }
        return self(reason.msgid, **values)

    def number(self, number: float) -> str:
        """Return *number* as this language writes it, with at most one decimal: 1.234,5 in Vietnamese."""
        return format_decimal(number, "#,##0.#", locale=self.code)

    def decimal(self, number: float, places: int, *, signed: bool = False) -> str:
        """Return *number* with so many decimals, if *signed* with its sign: +1,50 in Vietnamese."""
        digits = f"#,##0.{'0' * places}"
        return format_decimal(number, f"+{digits};-{digits}" if signed else digits, locale=self.code)

    def percent(self, share: float) -> str:
        """Return *share* (0..1) in hundredths, without decimals."""
        return format_percent(share, "0%", locale=self.code)

    def date(self, moment: datetime) -> str:
        """Return the day of *moment*, an aware time, on the bot's own calendar."""
        return self.day(moment.astimezone(self.timezone).date())

    def day(self, day: _Day) -> str:
        """Return a *day* as newspapers in this language print it."""
        return format_date(day, _DATE_PATTERN.get(self.code, "long"), locale=self.code)

    def day_and_month(self, day: _Day) -> str:
        """Return *day* without its year."""
        return format_date(day, _DAY_PATTERN.get(self.code, "MMM d"), locale=self.code)

    def moment(self, moment: datetime) -> str:
        """Return day and time of *moment*, an aware time, on the bot's own clock."""
        local = moment.astimezone(self.timezone)
        return f"{format_time(local, 'HH:mm', locale=self.code)} {self.date(local)}"


class Languages:
    """The languages there are texts in.

    Raises ``ValueError`` if there are none in the *default* language.
    """

    def __init__(self, default: str, timezone: ZoneInfo, *, contact: str = "") -> None:
        catalogues: dict[str, NullTranslations] = {"en": NullTranslations()}
        for path in sorted(_LOCALES.glob("*/LC_MESSAGES/hoibao.po")):
            catalogues[path.parent.parent.name] = _read(path)
        if default not in catalogues:
            raise ValueError(
                f"DEFAULT_LANGUAGE is {default!r}: choose one of {', '.join(sorted(catalogues))}"
            )
        self.default = default
        self._texts = {
            code: Texts(code, catalogue, timezone, contact=contact) for code, catalogue in catalogues.items()
        }

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in alphabetical order."""
        return tuple(sorted(self._texts))

    def of(self, code: str | None) -> Texts:
        """Return the texts for an IETF *code* as Telegram gives it; the default for one not at hand."""
        language = (code or self.default).replace("_", "-").split("-")[0].lower()
        return self._texts.get(language, self._texts[self.default])


@cache
def _read(path: Path) -> GNUTranslations:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parent.parent.name)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
