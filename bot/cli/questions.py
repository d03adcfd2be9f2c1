"""Commands that ask one question: for its answer, or for the reasons."""

import time

import click

from bot.cli.output import print_json
from bot.cli.parameters import HITS, JSON, QUESTION
from bot.cli.starting import question_of, start


@click.command()
@QUESTION
@HITS
@JSON
def ask(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Answer one QUESTION."""
    question = question_of(words)
    settings, texts = start()
    from bot.links import Links
    from bot.startup import opened
    from bot.terminal import chat as conversation
    from bot.terminal.records import answer_record

    with opened(settings, texts) as collection:
        begun = time.perf_counter()
        answer = collection.ask(question, limit=limit)
        seconds = time.perf_counter() - begun
    if as_json:
        print_json(answer_record(answer, Links(username=None), seconds=seconds))
    else:
        conversation.show(texts, answer)


@click.command()
@QUESTION
@HITS
@JSON
def why(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Explain the answer to one QUESTION, in numbers that add up to each score."""
    question = question_of(words)
    settings, texts = start()
    from rich.console import Console

    from bot.links import Links
    from bot.startup import opened
    from bot.terminal import explanation as breakdown
    from bot.terminal.records import explanation_record

    with opened(settings, texts) as collection:
        explanation = collection.why(question, limit=limit)
    if as_json:
        print_json(explanation_record(explanation, Links(username=None)))
    else:
        breakdown.show(Console(), texts, explanation)
