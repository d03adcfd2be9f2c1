"""Do a task in a process of its own, so that its memory is its own."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from benchmarks.growth.measured import Done
from benchmarks.growth.memory import Peak

Result = TypeVar("Result")


def call(
    kind: type[Result], module: str, task: str, *, checkout: Path | None = None, **arguments: object
) -> Result:
    """Return what *task* of *module* returns, a module that calls ``serving.serve``.

    *checkout* is the folder of another version, if its own modules are to do it. Raises
    ``CalledProcessError``.
    """
    line = command(module, task, **arguments)
    done = subprocess.run(line, cwd=checkout, stdout=subprocess.PIPE, check=True)
    return TypeAdapter(kind).validate_json(done.stdout)


def watched(module: str, task: str, *, checkout: Path | None = None, **arguments: object) -> Done:
    """Do *task* of *module*, which returns the seconds that count, and watch its memory; as ``call``.

    Raises ``CalledProcessError``.
    """
    done, out = _watched(command(module, task, **arguments), checkout=checkout)
    return replace(done, seconds=json.loads(out))


def watched_command(line: Sequence[str], environment: Mapping[str, str]) -> Done:
    """Run a command *line* from start to end, and watch its memory. Raises ``CalledProcessError``."""
    done, _ = _watched(line, environment)
    return done


def command(module: str, task: str, **arguments: object) -> list[str]:
    """Return the command line that does *task* of *module*."""
    return [sys.executable, "-m", module, task, json.dumps(arguments)]


def _watched(
    line: Sequence[str], environment: Mapping[str, str] | None = None, checkout: Path | None = None
) -> tuple[Done, bytes]:
    """Run a command *line*; return how that went, and what it printed."""
    began, spent = time.perf_counter(), _processor_time()
    with (
        subprocess.Popen(line, env=environment, cwd=checkout, stdout=subprocess.PIPE) as process,
        Peak(process.pid) as peak,
    ):
        try:
            out, _ = process.communicate()
        except BaseException:  # the run is cut off: nobody waits for this any more
            process.kill()
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, line)
    return Done(seconds=time.perf_counter() - began, processor=_processor_time() - spent, peak=peak.mb), out


def _processor_time() -> float:
    """Return the processor time of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
