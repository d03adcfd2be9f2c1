"""Change documents as their way through the readers tells: what leads to new lines is changed further.

``make fuzz`` runs it for ten minutes after the fuzzers of the tests, which change documents blindly but read
them as the bot does. Here an error that is no ``ReadError`` ends the run, and so do twenty seconds of the
processor or 2 GB.
"""

import importlib
import logging
import pkgutil
import sys
import tempfile
import time
import warnings
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["retrieval.readers", "retrieval.text"]):
    from fuzzing import MINUTES, SEEDS
    from reading import HANOI

    from retrieval import readers
    from retrieval.errors import ReadError
    from retrieval.readers.files import SourceFile

    for module in pkgutil.walk_packages(readers.__path__, f"{readers.__name__}."):
        importlib.import_module(module.name)  # they import each other only when they read

LONGEST = 20  # seconds of processor time
HANGING = 300  # seconds by the clock, which a busy machine takes for much less
LARGEST = 2048  # MB
NAMES = sorted(SEEDS)


def read(document: bytes) -> None:
    """Read a document whose first byte picks its name."""
    if not document:
        return
    path = Path("/fuzz", NAMES[document[0] % len(NAMES)])
    file = SourceFile(path=path, source=path.parent, language="vi", timezone=HANOI, content=document[1:])
    begun = time.process_time()
    with suppress(ReadError):
        for _ in readers.read_file(file):
            pass
    if (seconds := time.process_time() - begun) > LONGEST:
        raise RuntimeError(f"{seconds:.0f} seconds")


def main() -> None:
    """Begin with the documents of the tests, and end with the process."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(NAMES):
            (Path(folder) / str(number)).write_bytes(bytes([number]) + SEEDS[name])
        bounds = [f"-max_total_time={round(60 * MINUTES)}", f"-timeout={HANGING}", f"-rss_limit_mb={LARGEST}"]
        atheris.Setup([sys.argv[0], folder, *bounds], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
