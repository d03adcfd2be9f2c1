"""Open files: how many a process may have."""

import subprocess
import sys

import pytest

PROGRAM = """
import resource
from bot import descriptors

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 512))
descriptors.allow()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
def test_process_takes_all_open_files_that_it_may_have() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 512
