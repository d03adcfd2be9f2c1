"""The command line, `hoibao`: each command reads the settings, opens the collection, and hands over.

Exit status: 0 done, 1 failed, 2 misused. What a command says goes to stdout; errors, logs and progress go
to stderr. The application's modules are imported where they are used, so that `--help` comes at once.
"""

import errno
import io
import json
import os
import re
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import BotError, SettingsError, TokenError
from retrieval.errors import ReadError, RetrievalError

if TYPE_CHECKING:
    from bot.language import Texts
    from bot.settings import Settings
    from retrieval.article import Article
    from retrieval.collection.collection import Collection

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
QUESTION = click.argument("words", metavar="QUESTION...", nargs=-1, required=True)
TROUBLES_PRINTED = 50  # pages of a source that did not come in
_LIMIT = click.option(
    "--limit", default=3, show_default=True, type=click.IntRange(min=1), help="How many hits."
)


def main(args: Sequence[str] | None = None) -> int:
    """Run one command, by default the one of the process's arguments, and return its exit status.

    Whatever an operator can mend is one line on stderr; only a mistake of the program's own is raised.
    """
    _open_streams()
    try:
        status = hoibao.main(args, prog_name="hoibao", standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "hoibao"
        return _refuse(f"{error.format_message()} See `{path} --help`.", status=2)
    except click.Abort:
        return _refuse("stopped")
    except OSError as error:
        return _refuse(_plain(error))
    except ReadError as error:
        return _refuse(f"{error}: check the path, or ARTICLES_DIR where you gave none")
    except (BotError, RetrievalError) as error:
        return _refuse(str(error))
    return status or 0


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hoibao", message="%(prog)s %(version)s")
@click.pass_context
def hoibao(context: click.Context) -> None:
    """Ask the paper: questions in, verbatim passages of your articles out, each with its link.

    Without a command: `run` where TELEGRAM_TOKEN is set, otherwise `chat`.
    """
    if context.invoked_subcommand is None:
        settings, _ = _start()
        context.invoke(run if settings.telegram_token else chat)


@hoibao.command()
def run() -> None:
    """Be the Telegram bot.

    It polls; where WEBHOOK_URL is set it listens instead.
    """
    settings, texts = _start(service=True)
    if settings.telegram_token is None:
        raise TokenError(
            "TELEGRAM_TOKEN is not set: copy .env.example to .env and fill it in, or run `hoibao chat`"
        )
    from bot import application
    from bot.startup import opened

    with opened(settings, texts) as collection:
        application.run(settings, collection)


@hoibao.command()
def chat() -> None:
    """Hold the same conversation here; no token is needed."""
    settings, texts = _start()
    from bot.startup import opened
    from bot.terminal import chat as conversation

    with opened(settings, texts) as collection:
        conversation.chat(collection, texts, token_missing=settings.telegram_token is None)


@hoibao.command()
@QUESTION
@_LIMIT
@JSON
def ask(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Answer one QUESTION."""
    question = _question(words)
    settings, texts = _start()
    from bot.links import Links
    from bot.startup import opened
    from bot.terminal import chat as conversation
    from bot.terminal.records import answer_record

    with opened(settings, texts) as collection:
        begun = time.perf_counter()
        answer = collection.ask(question, limit=limit)
        seconds = time.perf_counter() - begun
    if as_json:
        _print_json(answer_record(answer, Links(username=None), seconds=seconds))
    else:
        conversation.show(texts, answer)


@hoibao.command()
@QUESTION
@_LIMIT
@JSON
def why(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Explain the answer to one QUESTION, in numbers that add up to each score."""
    question = _question(words)
    settings, texts = _start()
    from rich.console import Console

    from bot.links import Links
    from bot.startup import opened
    from bot.terminal import explanation as breakdown
    from bot.terminal.records import explanation_record

    with opened(settings, texts) as collection:
        explanation = collection.why(question, limit=limit)
    if as_json:
        _print_json(explanation_record(explanation, Links(username=None)))
    else:
        breakdown.show(Console(), texts, explanation)


@hoibao.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@JSON
def reload(sources: tuple[str, ...], as_json: bool) -> None:
    """Read the articles again, and report.

    Every SOURCE, a file, a folder or the address of a page, is read; without one, ARTICLES_DIR and all that
    the file SOURCES names.
    """
    if not all(sources):  # a script's variable that is not set; as a path it would be this folder
        raise click.UsageError("A SOURCE is empty.")
    settings, texts = _start()
    from rich.console import Console

    from bot import render
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.progress import progress_bar
    from bot.terminal.records import report_record
    from retrieval.web.address import is_web

    wanted = [source if is_web(source) else Path(source) for source in sources]
    with closing(open_collection(settings)) as collection, progress_bar(texts) as tell:
        report = collection.reload(wanted, progress=tell)
    if as_json:
        _print_json(report_record(report))
    else:
        terminal.show(Console(), render.report(texts, report))


@hoibao.command()
@JSON
def sources(as_json: bool) -> None:
    """Show where the articles come from, and what did not come in."""
    settings, texts = _start()
    from rich.console import Console

    from bot import render
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import sources_record

    with closing(open_collection(settings)) as collection:
        told = collection.origins()
    if as_json:
        _print_json(sources_record(told))
    else:
        terminal.show(Console(), render.sources(texts, told, most=TROUBLES_PRINTED))


@hoibao.group()
def articles() -> None:
    """Look at the articles, and take one out of all answers.

    An ARTICLE is named by its address, its id or the key that `list` shows.
    """


@articles.command("list")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many articles.")
@JSON
def list_articles(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List the newest articles; with WORDS, those that they find."""
    settings, texts = _start()
    from bot.links import Links
    from bot.render.article_head import title_of
    from bot.startup import opened
    from bot.terminal.display import safe
    from bot.terminal.records import article_record

    with opened(settings, texts) as collection:
        hits = collection.ask(" ".join(words), limit=limit).hits if words else ()
        shown = [hit.article for hit in hits] if words else collection.latest(limit)
        total = collection.stats().articles
    if as_json:
        links = Links(username=None)
        records = [article_record(article, links, is_withheld=False) for article in shown]
        _print_json({"articles": records, "total": total})
        return
    for article in shown:
        day = texts.date(article.published) if article.published else "-"
        click.echo(f"{article.key}  {day:>11}  {safe(title_of(article))}")


@articles.command("show")
@click.argument("name", metavar="ARTICLE")
@JSON
def show_article(name: str, as_json: bool) -> None:
    """Show one ARTICLE, and where it comes from."""
    settings, texts = _start()
    from rich.console import Console

    from bot.buttons import ArticleSpot
    from bot.links import Links
    from bot.render.pages import article_page
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import article_record

    with closing(open_collection(settings)) as collection:
        article = _article(collection, name)
        is_withheld = collection.withheld(article.key) is not None
    if as_json:
        record = article_record(article, Links(username=None), is_withheld=is_withheld)
        _print_json({**record, "body": article.body})
        return
    page = article_page(texts, article, ArticleSpot(article.key, 0, is_quoted=False))
    terminal.show(Console(), replace(page, keyboard=None))
    click.echo(f"\n{article.origin}")


@articles.command("remove")
@click.argument("name", metavar="ARTICLE")
@click.option("--undo", is_flag=True, help="Let it be found again.")
@JSON
def remove_article(name: str, undo: bool, as_json: bool) -> None:
    """Take one ARTICLE out of all answers; no reload brings it back."""
    settings, texts = _start()
    from rich.console import Console

    from bot import render
    from bot.links import Links
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import article_record

    with closing(open_collection(settings)) as collection:
        article = _article(collection, name)
        (collection.restore if undo else collection.withhold)(article.key)
    if as_json:
        _print_json(article_record(article, Links(username=None), is_withheld=not undo))
        return
    said = render.restored(texts, article) if undo else render.removed(texts, article)
    terminal.show(Console(), replace(said, keyboard=None))


def _article(collection: "Collection", name: str) -> "Article":
    """Return the article with this key, address or id, withheld or not."""
    key = name if re.fullmatch("[0-9a-f]{16}", name) else collection.find_url(name)
    article = (key and (collection.article(key) or collection.withheld(key))) or collection.find(name)
    if not article:
        raise click.UsageError(f"There is no article {name!r}; `hoibao articles list` names them.")
    return article


@hoibao.command("eval")
@click.argument("corpus", type=FILE, required=False)
@click.argument("queries", type=FILE, required=False)
@click.option("--also", multiple=True, type=FILE, metavar="CORPUS", help="Another corpus beside the first.")
@click.option("--strip-accents", is_flag=True, help="Ask as people type without accents.")
@click.option("--no-titles", is_flag=True, help="Leave the articles' titles out.")
@click.option(
    "--from-feedback",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write such files into FOLDER instead, from what readers thought of the answers.",
)
@JSON
def evaluate(
    corpus: Path | None,
    queries: Path | None,
    also: tuple[Path, ...],
    strip_accents: bool,
    no_titles: bool,
    from_feedback: Path | None,
    as_json: bool,
) -> None:
    """Measure the answers to labelled questions.

    CORPUS and QUERIES are JSON lines, plain, .gz or .xz. The synonyms are those of the last reload.
    """
    if from_feedback is not None:
        if corpus is not None or also or strip_accents or no_titles or as_json:
            raise click.UsageError("--from-feedback writes files and measures nothing: give it alone.")
        _write_suite(from_feedback)
        return
    if corpus is None or queries is None:
        raise click.UsageError("CORPUS and QUERIES are both needed, or --from-feedback FOLDER.")
    settings, _ = _start()
    from bot.startup import lexicon, wordings
    from retrieval.collection.synonym_file import SynonymFiles
    from retrieval.evaluation import measure

    synonyms, glossary = SynonymFiles(**wordings(), index_dir=settings.index_dir).held()

    with click.progressbar(length=0, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        measured = measure.evaluate(
            [corpus, *also],
            queries,
            strip_accents=strip_accents,
            titles=not no_titles,
            lexicon=lexicon(),
            synonyms=synonyms,
            glossary=glossary,
            progress=show,
        )
    if as_json:
        _print_json(measured.as_dict())
    else:
        _print_table(measured.as_dict())


def _write_suite(folder: Path) -> None:
    """Write readers' verdicts as labelled questions, and say how to measure with them."""
    settings, _ = _start()
    from bot.startup import open_collection
    from retrieval.evaluation import feedback

    with closing(open_collection(settings)) as collection:
        journal = collection.journal
        held = frozenset(article.id for article in collection.articles())
        questions = list(feedback.labelled(journal.all(), journal.tallies(), held))
        number = feedback.write(folder, questions, collection.articles())
    click.echo(f"{number} labelled question{'' if number == 1 else 's'} written. Measure with:")
    click.echo(f"  hoibao eval {folder / feedback.CORPUS} {folder / feedback.QUERIES}")


@hoibao.command()
@click.argument("articles", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("dialogues", type=FILE)
@click.option(
    "--failures",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a JSON line to FILE for each turn that failed.",
)
@JSON
def rehearse(articles: Path, dialogues: Path, failures: Path | None, as_json: bool) -> None:
    """Play labelled DIALOGUES over the folder ARTICLES as a private chat would go, and count.

    Nothing is kept: the articles are read into a database that is thrown away.
    """
    settings, texts = _start()
    from rich.console import Console

    from bot.conversation import rehearsal
    from bot.startup import lexicon, wordings
    from bot.terminal import rehearsal as figures

    with click.progressbar(length=0, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        played = rehearsal.rehearse(
            articles,
            dialogues,
            texts=texts,
            lexicon=lexicon(),
            **wordings(),
            timezone=settings.timezone,
            progress=show,
        )
    if failures:
        lines = [json.dumps(outcome.as_record(), ensure_ascii=False) for outcome in played.failed]
        failures.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if as_json:
        _print_json(played.as_record())
    else:
        figures.show(Console(), played)


@hoibao.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@JSON
def copy(source: str, target: str, as_json: bool) -> None:
    """Copy the database FROM into the empty database TO, and compare them row by row.

    Both are addresses as in DATABASE_URL. Stop the bot before, and set DATABASE_URL to TO afterwards.
    """
    from retrieval.store.copying import copy_all
    from retrieval.store.database import Database

    with closing(Database.open(source)) as reading, closing(Database.open(target)) as writing:
        counts = copy_all(reading, writing)
    if as_json:
        _print_json({"copied": counts})
    else:
        _print_table(counts)


@hoibao.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--defaults", is_flag=True, help="Ask nothing.")
def init(folder: Path, defaults: bool) -> None:
    """Prepare FOLDER, by default the current one, to start the bot in.

    Asks for the token and a few other things, and writes settings, synonyms and a folder for articles. What
    is there already stays as it is.
    """
    from bot import setup
    from bot.terminal import questionnaire

    settings, with_samples = ({}, False) if defaults else questionnaire.ask(folder)
    questionnaire.conclude(folder, settings, setup.prepare(folder, settings, with_samples=with_samples))


@hoibao.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Save articles, questions and index in one FILE, also while the bot runs.

    The settings in .env are not in it: they hold the token.
    """
    settings, texts = _start()
    from retrieval.collection import backup as backing

    saved = backing.save(
        file,
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
    )
    click.echo(
        texts(
            "Saved in {file}: {articles} articles and {files} files of articles, {size} MB. It holds what "
            "people asked: keep it safe. {env} is not in it.",
            file=file,
            articles=texts.number(saved.articles),
            files=texts.number(saved.files),
            size=texts.number(saved.size / 1e6),
            env=".env",
        )
    )


@hoibao.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put everything back as it was when FILE was saved, also while the bot runs.

    Files of articles that are there now stay as they are.
    """
    settings, texts = _start()
    from retrieval.collection import backup as backing

    restored = backing.restore(
        file,
        database_url=settings.database_url,
        index_dir=settings.index_dir,
        articles_dir=settings.articles_dir,
    )
    click.echo(
        texts(
            "As on {moment}: {articles} articles; {files} missing files of articles are back.",
            moment=texts.moment(restored.made),
            articles=texts.number(restored.articles),
            files=texts.number(restored.files),
        )
    )


@hoibao.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check what the bot needs, and say what to do."""
    from bot import caches, logs
    from bot.settings import Settings

    with suppress(SettingsError):  # one of the checks tells
        caches.choose(Settings.load().index_dir)
    from bot.doctor import examine

    logs.set_up(level="ERROR", form="console")  # the checks themselves say what is wrong
    verdicts = []
    for check in examine():
        click.echo(str(check))
        verdicts.append(check.verdict)
    if "bad" in verdicts:
        context.exit(1)


def _question(words: Sequence[str]) -> str:
    question = " ".join(words)
    if not question.strip():
        raise click.UsageError("The question is empty.")
    return question


def _start(*, service: bool = False) -> "tuple[Settings, Texts]":
    """Read the settings and set logging up; return them with the terminal's texts.

    `LOG_LEVEL` is for the *service*: in the terminal only warnings come between the lines.
    """
    from bot import caches, logs
    from bot.language import Languages
    from bot.settings import Settings

    settings = Settings.load()
    caches.choose(settings.index_dir)
    level = settings.log_level if service else "WARNING"
    logs.set_up(level=level, form=settings.log_format, secrets=settings.secrets)
    return settings, Languages(settings.default_language, settings.timezone, contact=settings.contact).of(
        None
    )


def _print_json(record: Mapping[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


def _print_table(record: Mapping[str, object], *, indent: str = "") -> None:
    """Print names and values, one a line; what a suite does not measure is a dash."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            click.echo(f"{indent}{name}")
            _print_table(value, indent=f"{indent}  ")
        else:
            shown = "-" if value is None else f"{value:.3f}" if isinstance(value, float) else value
            click.echo(f"{indent}{name:<{24 - len(indent)}}{shown:>10}")


def _refuse(message: str, *, status: int = 1) -> int:
    click.echo(f"hoibao: {' '.join(message.split())}", err=True)
    return status


def _plain(error: OSError) -> str:
    """Say what the system refused, of which file, and what to do."""
    place = f"{error.filename}: " if error.filename else ""
    if isinstance(error, socket.gaierror):
        advice = _NO_ADDRESS
    elif error.errno == errno.EACCES and not error.filename:
        advice = "set PORT to a number above 1023"
    else:
        advice = _ADVICE.get(error.errno or 0, "run `hoibao doctor`")
    return f"{place}{error.strerror or error}: {advice}"


_NO_ADDRESS = "set LISTEN to an address of this machine"
_ADVICE = {
    errno.ENOSPC: "free some space and try again",
    errno.EADDRINUSE: "stop the program that listens there, or set PORT to another number",
    errno.EADDRNOTAVAIL: _NO_ADDRESS,
    errno.EACCES: "give this user the right to it",
    errno.EROFS: "choose a folder that can be written",
}


def _open_streams() -> None:
    """Let no letter that a stream cannot carry stop the program, nor a stream that is closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # as long as it runs
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
