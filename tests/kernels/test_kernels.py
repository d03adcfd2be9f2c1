import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import kernels
from retrieval.collection.loops import compile_loops
from retrieval.kernels import Loop, compiled
from retrieval.kernels.coverage import coverages

IMPORTANCE = [1.0, 2.0, 4.0]
FILLS = [(1, 0, 1.0), (2, 0, 0.5), (2, 1, 1.0), (3, 2, 1.0)]  # term, slot, weight
WINDOW = 12

TELL = "from retrieval import kernels; print(kernels.are_kept())"
COMPILE_ONE = (
    "import numpy as np; from retrieval.kernels.postings import places_of_keys; "
    "a = np.zeros(0, dtype=np.uint32); places_of_keys(a, a, a, np.zeros(0, dtype=np.int64))"
)


def in_a_process(code: str, folder: Path) -> str:
    """Run *code* in a Python of its own, whose loops are kept in *folder*; return what it says."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def naive(terms: list[int]) -> float:
    """The definition, word for word."""
    best = 0.0
    for begin in range(len(terms)):
        filled = [0.0] * len(IMPORTANCE)
        for term in terms[begin : begin + WINDOW]:
            for filling, slot, weight in FILLS:
                if filling == term:
                    filled[slot] = max(filled[slot], weight)
        best = max(best, sum(map(float.__mul__, IMPORTANCE, filled)))
    return best / sum(IMPORTANCE)


def covered(texts: list[list[int]]) -> list[float]:
    ends = np.cumsum([0, *map(len, texts)])
    terms, slots, weights = (np.array(column) for column in zip(*FILLS, strict=True))
    tokens = np.array([term for text in texts for term in text], dtype=np.int32)
    found: list[float] = coverages(
        tokens, ends[:-1], ends[1:], terms, slots, weights, np.array(IMPORTANCE), WINDOW
    ).tolist()
    return found


@given(st.lists(st.lists(st.sampled_from([0] * 8 + [1, 2, 3]), max_size=4 * WINDOW), max_size=4))
def test_the_best_window_is_the_best_of_all_windows(texts: list[list[int]]) -> None:
    assert covered(texts) == pytest.approx([naive(text) for text in texts])


def test_all_of_it_is_one_exactly() -> None:
    assert covered([[3, 0, 2, 1], [1, 2, 3]]) == [1.0, 1.0]


def test_a_loop_that_cannot_be_kept_is_compiled_all_the_same() -> None:
    written: dict[str, Any] = {}
    exec("def double(number): return 2 * number", written)  # in no file, so nothing can be kept beside it
    assert compiled(written["double"])(21) == 42


def test_an_installation_compiles_every_loop() -> None:
    compile_loops()
    loops = [
        (module.name, name, value)
        for module in pkgutil.iter_modules(kernels.__path__)
        for name, value in vars(importlib.import_module(f"retrieval.kernels.{module.name}")).items()
        if isinstance(value, Loop)
    ]
    assert loops
    assert [(module, name) for module, name, loop in loops if not loop.load().signatures] == []


def test_where_nothing_was_compiled_yet_that_can_be_told(tmp_path: Path) -> None:
    said = [in_a_process(code, tmp_path) for code in (TELL, COMPILE_ONE, TELL)]
    assert said == ["False", "", "True"]


def test_loops_of_other_sources_are_forgotten(tmp_path: Path) -> None:
    """Numba would fail on them, or run what a loop called in the version before."""
    in_a_process(COMPILE_ONE, tmp_path)
    (stamp,) = tmp_path.rglob("*.sha256")
    stamp.write_text("of the version before", encoding="ascii")
    for kept in tmp_path.rglob("*.nbi"):
        kept.write_bytes(b"names a type that is gone")
    assert in_a_process(TELL, tmp_path) == "False"
    in_a_process(COMPILE_ONE, tmp_path)
    assert in_a_process(TELL, tmp_path) == "True"
