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
from retrieval.kernels.coverage import Fillers
from retrieval.kernels.tokens import encoded
from retrieval.ranking.slots import Slots

IMPORTANCE = [1.0, 2.0, 4.0]
RARE = 70_000  # a term that takes two units
PHRASES = [[4], [4, 2], [RARE, 4], [4, 2, RARE]]
BASE = 100_000  # the number of the first of them
FILLS = [  # term, slot, weight
    (1, 0, 1.0),
    (2, 0, 0.5),
    (2, 1, 1.0),
    (3, 2, 1.0),
    (RARE, 1, 0.25),
    (BASE, 0, 0.75),
    (BASE + 1, 2, 0.9),
    (BASE + 2, 1, 0.9),
    (BASE + 3, 0, 0.9),
    (BASE + 3, 1, 0.8),
]
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


def said(terms: list[int]) -> list[int]:
    """The terms of a text, with the number of the longest phrase where one begins."""
    read = [*terms]
    for number, phrase in enumerate(PHRASES, start=BASE):
        for at in range(len(terms) - len(phrase) + 1):
            if terms[at : at + len(phrase)] == phrase:
                read[at] = number
    return read


def naive(terms: list[int], window: int = WINDOW) -> float:
    """The definition, word for word."""
    read, best = said(terms), 0.0
    for begin in range(len(read)):
        filled = [0.0] * len(IMPORTANCE)
        for term in read[begin : begin + window]:
            for filling, slot, weight in FILLS:
                if filling == term:
                    filled[slot] = max(filled[slot], weight)
        best = max(best, sum(map(float.__mul__, IMPORTANCE, filled)))
    return best / sum(IMPORTANCE)


def slots() -> Slots:
    terms, slots, weights = (np.array(column) for column in zip(*FILLS, strict=True))
    return Slots(
        importance=np.array(IMPORTANCE),
        fillers=Fillers(
            terms=terms,
            slots=slots,
            weights=weights,
            phrases=np.array([term for phrase in PHRASES for term in phrase]),
            bounds=np.cumsum([0, *map(len, PHRASES)]),
            base=BASE,
        ),
        phrases=tuple(map(tuple, PHRASES)),
    )


def covered(texts: list[list[int]]) -> tuple[list[float], list[int]]:
    terms = np.array([term for text in texts for term in text], dtype=np.int32)
    units, bounds = encoded(
        terms, np.array([*map(len, texts)], dtype=np.int64), np.ones(len(texts), dtype=bool)
    )
    every = np.arange(len(texts))
    shares, lengths = slots().covered(units, bounds, every, every + 1, WINDOW)
    return shares.tolist(), lengths.tolist()


TEXTS = st.lists(
    st.lists(st.sampled_from([0] * 8 + [1, 2, 3, 4, 4, RARE, RARE + 3]), max_size=4 * WINDOW), max_size=4
)


@given(TEXTS)
def test_the_best_window_is_the_best_of_all_windows(texts: list[list[int]]) -> None:
    shares, lengths = covered(texts)
    assert shares == pytest.approx([naive(text) for text in texts])
    assert lengths == [*map(len, texts)]


@given(TEXTS)
def test_a_text_says_what_all_of_it_says(texts: list[list[int]]) -> None:
    for text in texts:
        tokens = np.array(text, dtype=np.int32)
        assert slots().marked(tokens).tolist() == said(text)
        share = slots().filled(tokens) @ np.array(IMPORTANCE) / sum(IMPORTANCE)
        assert share == pytest.approx(naive(text, len(text)))


def test_all_of_it_is_one_exactly() -> None:
    assert covered([[3, 0, 2, 1], [1, 2, 3]])[0] == [1.0, 1.0]


def test_a_loop_that_cannot_be_kept_is_compiled_all_the_same() -> None:
    written: dict[str, Any] = {}
    exec("def double(number): return 2 * number", written)  # in no file, so nothing can be kept beside it
    assert compiled(written["double"])(21) == 42
    assert not list(Path(kernels.__path__[0]).glob("__pycache__/*double*"))


def test_an_installation_compiles_every_loop() -> None:
    compile_loops()
    loops = [
        (module.name, name, value)
        for module in pkgutil.iter_modules(kernels.__path__)
        for name, value in vars(importlib.import_module(f"retrieval.kernels.{module.name}")).items()
        if isinstance(value, Loop)
    ]
    assert loops
    assert [(module, name) for module, name, loop in loops if not loop.is_compiled] == []


def test_where_nothing_was_compiled_yet_that_can_be_told(tmp_path: Path) -> None:
    said = [in_a_process(code, tmp_path) for code in (TELL, COMPILE_ONE, TELL)]
    assert said == ["False", "", "True"]


def test_loops_of_other_sources_are_forgotten(tmp_path: Path) -> None:
    """Numba would fail on them, or run what a loop called in the version before."""
    in_a_process(COMPILE_ONE, tmp_path)
    (stamp,) = tmp_path.rglob("*.sha256")
    stamp.write_text("of the version before", encoding="ascii")
    for code in tmp_path.rglob("*.loop"):
        code.rename(code.with_name("before-" + code.name))
    for kept in tmp_path.rglob("*.nbi"):
        kept.write_bytes(b"names a type that is gone")
    assert in_a_process(TELL, tmp_path) == "False"
    in_a_process(COMPILE_ONE, tmp_path)
    assert in_a_process(TELL, tmp_path) == "True"
