"""Print how a rehearsal went: a row for each kind of conversation."""

from rich import box
from rich.console import Console
from rich.table import Table

from bot.conversation.rehearsal import Rehearsal, Tally


def show(console: Console, rehearsal: Rehearsal) -> None:
    """Print turns, the share of them that is right, and how the others failed."""
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("kind")
    for name in ("turns", "right", "rows", "right"):
        table.add_column(name, justify="right")
    table.add_column("failures", style="dim")
    for kind, tally in rehearsal.by_kind.items():
        table.add_row(*_cells(kind, tally))
    table.add_section()
    table.add_row(*_cells("all", rehearsal.total))
    console.print(table)


def _cells(kind: str, tally: Tally) -> tuple[str, ...]:
    failures = ", ".join(f"{how} {number}" for how, number in tally.failures.most_common())
    return (
        kind,
        str(tally.turns),
        f"{tally.right / tally.turns:.2f}" if tally.turns else "-",
        str(tally.rows),
        f"{tally.rows_right / tally.rows:.2f}" if tally.rows else "-",
        failures,
    )
