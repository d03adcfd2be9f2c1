"""Commands that measure how good the answers are."""

import json
import sys
from contextlib import closing
from pathlib import Path

import click

from bot.cli.output import print_json, print_table
from bot.cli.parameters import FILE, JSON
from bot.cli.starting import start


@click.command("eval")
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
    settings, _ = start()
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
        print_json(measured.as_dict())
    else:
        print_table(measured.as_dict())


def _write_suite(folder: Path) -> None:
    """Write readers' verdicts as labelled questions, and say how to measure with them."""
    settings, _ = start()
    from bot.startup import open_collection
    from retrieval.evaluation import feedback

    with closing(open_collection(settings)) as collection:
        journal = collection.journal
        stored = frozenset(article.id for article in collection.articles())
        questions = list(feedback.labelled(journal.all(), journal.tallies(), stored))
        number = feedback.write(folder, questions, collection.articles())
    click.echo(f"{number} labelled question{'' if number == 1 else 's'} written. Measure with:")
    click.echo(f"  hoibao eval {folder / feedback.CORPUS} {folder / feedback.QUERIES}")


@click.command()
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
    settings, texts = start()
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
        print_json(played.as_record())
    else:
        figures.show(Console(), played)
