"""Headings of a body: lines of their own that say what the sentences below them are about."""

Run = tuple[int, int]

LONGEST_LABEL = 60  # characters
LONGEST_HEADING = 90  # characters


def announced(body: str, sentences: list[Run]) -> dict[Run, Run]:
    """Return what is said above each of *sentences* of what follows: a heading, or the opening of a list."""
    alike = [False, *(_is_heading(body, *run) for run in sentences), False]
    above: dict[Run, Run] = {}
    heading: Run | None = None
    for at, run in enumerate(sentences, start=1):
        # A list of papers has lines like headings, but they stand together.
        if alike[at] and not alike[at - 1] and not alike[at + 1] and run != sentences[-1]:
            heading = run
        elif heading:
            above[run] = heading
        if body[run[1] - 1] == ":":
            heading = run
    return above


def lines_alone(body: str, above: dict[Run, Run]) -> set[Run]:
    """Return the headings that are lines of their own; *above* is as ``announced`` returns it."""
    return {run for run in above.values() if body[run[1] - 1] != ":"}


def label(line: str) -> str:
    """Return what a *line* of a list, or a row of a table, gives something of; "" if it is none."""
    said, _, given = line.partition(":" if ":" in line else " – ")
    return said if given.strip() and len(said) <= LONGEST_LABEL else ""


def _is_heading(body: str, start: int, end: int) -> bool:
    """Tell whether a sentence is a line of its own that ends without a stop."""
    is_line = (start == 0 or body[start - 1] == "\n") and (end == len(body) or body[end] == "\n")
    return (
        is_line
        and end - start <= LONGEST_HEADING
        and body[end - 1] not in '.!…;:,”")'
        and not any(char.isdigit() for char in body[start:end])
    )
