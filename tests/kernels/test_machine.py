"""Loops that another process compiled: their machine code runs without numba."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.kernels.linking import LinkError, linked

LOOPS = """
import numpy as np
from retrieval.kernels import Ints, compiled

@compiled
def parts(numbers: Ints, by: int) -> tuple[Ints, int]:
    if by > 100:
        raise ValueError("too many parts")
    return numbers // by, len(numbers)
"""
DIVIDE = "import loops, sys; print(*loops.parts(loops.np.arange(0, 9, 3), 3), 'numba' in sys.modules)"
DIVIDE_EVERY_OTHER = DIVIDE.replace("arange(0, 9, 3)", "arange(0, 9, 3)[::2]")
DIVIDE_FLOATS = DIVIDE.replace("arange(0, 9, 3)", "arange(0, 9, 3.0)")
DIVIDE_BY_MANY = """
import loops
try:
    loops.parts(loops.np.arange(3), 101)
except ValueError as error:
    print(error)
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine != "x86_64", reason="numba loads its own elsewhere"
)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a loop that a process has compiled."""
    folder = tmp_path_factory.mktemp("machine")
    (folder / "loops.py").write_text(LOOPS, encoding="utf-8")
    assert said(DIVIDE, folder) == "[0 1 2] 3 True"
    return folder


@pytest.fixture
def folder(compiled: Path, tmp_path: Path) -> Path:
    """A copy of that, in which to compile more."""
    return shutil.copytree(compiled, tmp_path / "copy")


def said(code: str, folder: Path) -> str:
    """Run *code* in a Python of its own beside the loops of *folder*; return what it says."""
    paths = os.pathsep.join([str(folder), str(Path.cwd())])
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "kept"), "PYTHONPATH": paths}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_later_process_runs_what_was_compiled_without_numba(folder: Path) -> None:
    assert said(DIVIDE, folder) == "[0 1 2] 3 False"


def test_arguments_of_another_kind_are_compiled_for(folder: Path) -> None:
    assert said(DIVIDE_FLOATS, folder) == "[0. 1. 2.] 3 True"
    assert said(DIVIDE_EVERY_OTHER, folder) == "[0 2] 2 True"
    assert [said(code, folder) for code in (DIVIDE, DIVIDE_FLOATS, DIVIDE_EVERY_OTHER)] == [
        "[0 1 2] 3 False",
        "[0. 1. 2.] 3 False",
        "[0 2] 2 False",
    ]


def test_a_loop_raises_what_it_raised_when_numba_called_it(folder: Path) -> None:
    assert said(DIVIDE_BY_MANY, folder) == "too many parts"


def test_what_was_compiled_of_another_source_is_not_run(folder: Path) -> None:
    source = (folder / "loops.py").read_text(encoding="utf-8")
    (folder / "loops.py").write_text(source.replace("numbers // by", "numbers + by"), encoding="utf-8")
    assert said(DIVIDE, folder) == "[3 6 9] 3 True"


def test_machine_code_that_was_lost_is_made_again(folder: Path) -> None:
    for path in (folder / "kept").rglob("*.loop"):
        path.unlink()
    assert [said(DIVIDE, folder) for _ in range(2)] == ["[0 1 2] 3 True", "[0 1 2] 3 False"]


def test_damaged_code_is_never_run(folder: Path) -> None:
    (kept,) = folder.rglob("*.loop")
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    assert said(DIVIDE, folder) == "[0 1 2] 3 True"


def test_code_of_another_make_is_not_put_into_memory() -> None:
    with pytest.raises((LinkError, ValueError)):
        linked(Path(sys.executable).read_bytes(), lambda _: 0, 0)
