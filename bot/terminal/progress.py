"""A reload on the terminal: a bar that moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.language import Texts
from bot.render.admins.reports import stage
from retrieval.collection.report import Step


@contextmanager
def progress_bar(texts: Texts, console: Console | None = None) -> Iterator[Callable[[Step], None]]:
    """Yield what shows a step of a reload as a bar on *console*, by default on stderr.

    The bar is gone after the block. If the console is no terminal, nothing is shown.
    """
    console = console or Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def move(step: Step) -> None:
            bar.update(task, description=stage(texts, step), completed=step.done, total=step.total or None)

        yield move
