"""The heap of the C library: how many arenas the threads of a process have."""

import platform
import subprocess
import sys

import pytest

MANY = 8  # threads
PROGRAM = f"""
import threading
from bot import heap

def arenas():  # glibc lets each begin at a multiple of its size
    with open("/proc/self/maps") as maps:
        return sum(int(line.partition("-")[0], 16) % (64 << 20) == 0 for line in maps)

def take():
    taken = bytes(100_000)
    together.wait()
    counted.wait()

heap.bound()
before, together, counted = arenas(), threading.Barrier({MANY} + 1), threading.Barrier({MANY} + 1)
for _ in range({MANY}):
    threading.Thread(target=take).start()
together.wait()
print(arenas() - before)
counted.wait()
heap.trim()
"""


LARGE = """
from bot import heap

def size():
    with open("/proc/self/maps") as maps:
        [line] = [line for line in maps if line.rstrip().endswith("[heap]")]
    begin, end = line.split()[0].split("-")
    return int(end, 16) - int(begin, 16)

heap.bound()
bytes(16 << 20)
before = size()
kept = [bytes(1 << 20) for _ in range(20)]
print(size() - before)
"""
IS_GLIBC = platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not IS_GLIBC, reason="has one heap, or heaps of another kind")
def test_threads_share_two_arenas_and_free_memory_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 2


@pytest.mark.skipif(not IS_GLIBC, reason="has one heap, or heaps of another kind")
def test_large_blocks_lie_outside_of_the_heap_whatever_was_freed_before() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 2 << 20
