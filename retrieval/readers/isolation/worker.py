"""The process that reads: files in by standard input, what they give out by standard output."""

import os
import sys
from typing import BinaryIO

from retrieval.errors import N_, ReadError
from retrieval.readers import read_file
from retrieval.readers.files import SourceFile
from retrieval.readers.isolation.limits import set_limits, start_clock, stop_clock
from retrieval.readers.isolation.wire import DONE, pack_item, unpack_file
from retrieval.readers.links.reading import links_in

TOO_LARGE = N_("needs over 1 GB of memory to be read; send it in parts")


def main() -> None:
    """Read file after file until the input ends."""
    # Libraries that print must not write among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    set_limits()
    for line in sys.stdin.buffer:
        is_whole = _answer(unpack_file(line), answers)
        answers.write(DONE)
        answers.flush()
        if not is_whole:
            return  # what could not be allocated may be missing somewhere in a library


def _answer(file: SourceFile, answers: BinaryIO) -> bool:
    """Write what *file* gives; return whether this process can go on after it."""
    start_clock()
    try:
        for item in links_in(file) if file.is_list else read_file(file):
            stop_clock()  # the other side may be slow to take it
            answers.write(pack_item(item))
            answers.flush()
            start_clock()
    except MemoryError:
        stop_clock()
        answers.write(pack_item(ReadError(file.origin, TOO_LARGE)))
        return False
    # Whatever a file sets off in a library: the others must go in.
    except Exception as error:
        stop_clock()
        answers.write(pack_item(ReadError(file.origin, "not readable: {error}", error=type(error).__name__)))
    stop_clock()
    return True


if __name__ == "__main__":
    main()
