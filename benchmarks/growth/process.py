"""Do a task in a process of its own, so that its memory is its own."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter

from benchmarks.growth.memory import Peak

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How long a command took, and what it held."""

    seconds: float
    peak: float  # MB, with all the processes below it


def call(kind: type[Result], module: str, task: str, **arguments: object) -> Result:
    """Return what *task* of *module* returns, a module that calls ``serving.serve``.

    Raises ``CalledProcessError``.
    """
    command = [sys.executable, "-m", module, task, json.dumps(arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return TypeAdapter(kind).validate_json(done.stdout)


def watched(module: str, task: str, **arguments: object) -> Done:
    """Do *task* of *module*, which returns the seconds that count, and watch its memory.

    Raises ``CalledProcessError``.
    """
    command = [sys.executable, "-m", module, task, json.dumps(arguments)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        Peak(process.pid) as peak,
    ):
        out, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Done(seconds=json.loads(out), peak=peak.mb)


def watched_command(command: Sequence[str], environment: Mapping[str, str]) -> Done:
    """Run *command* from start to end, and watch its memory. Raises ``CalledProcessError``."""
    began = time.perf_counter()
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process,
        Peak(process.pid) as peak,
    ):
        process.wait()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Done(seconds=time.perf_counter() - began, peak=peak.mb)
