"""The few questions of `hoibao init`, and what it says at the end."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.language import Languages, Texts
from bot.setup import ENV, UNIT, Prepared, has_articles

_TOKEN = r"\d+:[\w-]{20,}"
_IDS = r"\d+(?:[\s,]+\d+)*"


def ask(folder: Path) -> tuple[dict[str, str], bool]:
    """Ask for the settings that no default can know; return them, and whether to copy the sample articles.

    Settings that *folder* has already are not asked for.
    """
    if (folder / ENV).exists():
        return {}, False
    click.echo("Hỏi Báo")
    language = click.prompt(
        "Ngôn ngữ / Language", type=click.Choice(_languages().codes), default=_languages().default
    )
    texts = _languages().of(language)
    settings = {"DEFAULT_LANGUAGE": language}
    click.echo(texts("Press Enter to leave a question for later: all answers go into {file}.", file=ENV))
    settings["TELEGRAM_TOKEN"] = _asked(
        texts("The bot's token from @BotFather"),
        _form(_TOKEN, texts("A token looks like 123456789:AAE… Copy it whole.")),
    )
    if settings["TELEGRAM_TOKEN"]:
        settings["ADMIN_IDS"] = _asked(
            texts("Your own number on Telegram, from @userinfobot: it makes you an admin"),
            _form(_IDS, texts("A number, or several with commas between them.")),
        )
    settings["CONTACT"] = _asked(texts("Whom people can turn to: phone, address, hours"), str.strip)
    samples = not has_articles(folder) and click.confirm(
        texts("Copy sample articles to try it out?"), default=True
    )
    return settings, samples


def compile_search(settings: Mapping[str, str]) -> None:
    """Compile the loops of the search if nobody has yet, so that the first question does not wait."""
    from retrieval import kernels

    if not kernels.are_kept():
        from retrieval.collection.loops import compile_loops

        texts = _languages().of(settings.get("DEFAULT_LANGUAGE"))
        click.echo(texts("The search is being prepared, once: this takes half a minute."))
        compile_loops()


def conclude(folder: Path, settings: Mapping[str, str], prepared: Iterable[Prepared]) -> None:
    """Print what was prepared, as it is, and what to do next."""
    texts = _languages().of(settings.get("DEFAULT_LANGUAGE"))
    paths = set()
    for made in prepared:
        paths.add(made.path.name)
        remark = "" if made.is_new else texts("(stays as it was)")
        click.echo(f"  {made.path}  {remark}".rstrip())
    click.echo(texts("Ready. What comes next:"))
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {folder}")
    for command, meaning in _steps(texts, with_unit=UNIT in paths):
        click.echo(f"  {command}\n      {meaning}")


def _steps(texts: Texts, *, with_unit: bool) -> Iterable[tuple[str, str]]:
    yield "hoibao chat", texts("ask here in the terminal")
    yield "hoibao reload", texts("read the articles again after you put yours into data/articles")
    yield "hoibao doctor", texts("see what is missing, for example the token in {file}", file=ENV)
    yield "hoibao run", texts("be there on Telegram")
    if with_unit:
        start = f"sudo cp {UNIT} /etc/systemd/system/ && sudo systemctl enable --now hoibao"
        yield start, texts("be there always, also after the machine starts again")


def _asked(question: str, check: Callable[[str], str]) -> str:
    answer: str = click.prompt(question, default="", show_default=False, value_proc=check)
    return answer


def _form(pattern: str, advice: str) -> Callable[[str], str]:
    """Return a check that an answer is empty or all of *pattern*."""

    def check(answer: str) -> str:
        stripped = answer.strip()
        if stripped and not re.fullmatch(pattern, stripped, re.ASCII):
            raise click.UsageError(advice)
        return stripped

    return check


def _languages() -> Languages:
    return Languages("vi", ZoneInfo("Asia/Ho_Chi_Minh"))
