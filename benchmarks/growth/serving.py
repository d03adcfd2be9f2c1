"""The other end of ``process``: the task that a process was started for."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any


def serve(tasks: Sequence[Callable[..., Any]]) -> None:
    """Do the task that the command line names, and print what it returns, a dataclass or a number."""
    [task] = [task for task in tasks if task.__name__ == sys.argv[1]]
    result = task(**json.loads(sys.argv[2]))
    print(json.dumps(result if isinstance(result, float) else asdict(result)))
