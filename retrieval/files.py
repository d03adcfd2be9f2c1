"""The index on disk: plain arrays that are mapped into memory, and a manifest that names them.

    INDEX_DIR/
        manifest.json                 {"format", "generation", "folder", "files": {name: {"bytes", "crc32"}}}
        <generation>-<random>/
            vocabulary.json           the terms, by number
            archive.rows.npy …        an array each: archive.*, spans.*, tokens, passages.*, articles.*

A folder is complete and on disk before the manifest names it, and the manifest changes by rename: whoever
opens the index finds the old one or the new one. Folders that the manifest does not name are removed by the
next writer; who has them open keeps them. Only the holder of the reload lock writes.
"""

import json
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from retrieval.archive import Archive
from retrieval.errors import IndexFileError
from retrieval.postings import Postings
from retrieval.segment import Segment, Spans

FORMAT = 2
MANIFEST = "manifest.json"
_MANIFEST_SHAPE = {"format": int, "generation": int, "folder": str, "files": dict}
_FOLDER = re.compile(r"\d+-[0-9a-f]{8}")  # INDEX_DIR may hold what is not ours
_VOCABULARY = "vocabulary.json"
_PARTS = {"archive": Archive, "spans": Spans, "passages": Postings, "articles": Postings}


def write(folder: Path, generation: int, segment: Segment) -> None:
    """Write *segment* as the index in *folder*. Raises ``OSError``; what was there before then stays."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{generation}-{secrets.token_hex(4)}"
    new = folder / f"{MANIFEST}.new"
    place.mkdir()
    try:
        with written(place / _VOCABULARY) as file:
            file.write(json.dumps(segment.vocabulary, ensure_ascii=False).encode())
        for name, array in _arrays(segment):
            with written(place / name) as file:
                np.save(file, array)
        _flush_folder(place)
        manifest = {
            "format": FORMAT,
            "generation": generation,
            "folder": place.name,
            "files": {path.name: _fingerprint(path) for path in sorted(place.iterdir())},
        }
        with written(new) as file:
            file.write(json.dumps(manifest, indent=1).encode())
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    new.replace(folder / MANIFEST)  # from here on the new folder is the index, whatever happens
    _flush_folder(folder)
    for old in folder.iterdir():
        if _FOLDER.fullmatch(old.name) and old != place:
            shutil.rmtree(old, ignore_errors=True)


def read(folder: Path) -> tuple[int, Segment]:
    """Return the generation and the segment in *folder*; arrays are mapped, not read.

    Raises ``IndexFileError`` where a file is missing, cut short, changed or of another format.
    """
    while True:
        manifest = _manifest(folder)
        try:
            return manifest["generation"], _read_segment(folder / manifest["folder"], manifest["files"])
        except IndexFileError:
            # A reload may have replaced the index just after its manifest was read.
            if _manifest(folder) == manifest:
                raise


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        raise IndexFileError(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise IndexFileError(path, "is not JSON") from error
    if not isinstance(manifest, dict) or {k: type(v) for k, v in manifest.items()} != _MANIFEST_SHAPE:
        raise IndexFileError(path, "is not a manifest")
    if manifest["format"] != FORMAT:
        raise IndexFileError(path, f"has format {manifest['format']}, this program reads format {FORMAT}")
    return manifest


def _read_segment(place: Path, expected: dict[str, Any]) -> Segment:
    for name, fingerprint in expected.items():
        try:
            actual = _fingerprint(place / name)
        except OSError as error:
            raise IndexFileError(place / name, error.strerror or str(error)) from error
        if actual != fingerprint:
            raise IndexFileError(place / name, "is not as it was written")
    try:
        parts = {
            part: kind(**{f.name: _load(place / f"{part}.{f.name}.npy") for f in fields(kind)})
            for part, kind in _PARTS.items()
        }
        vocabulary = tuple(json.loads((place / _VOCABULARY).read_bytes()))
        return Segment(vocabulary=vocabulary, tokens=_load(place / "tokens.npy"), **parts)
    except (OSError, ValueError) as error:
        raise IndexFileError(place, str(error)) from error


def _load(path: Path) -> Any:
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    # A plain view: numpy.memmap is slow at small slices. It keeps the mapping alive.
    return array.view(np.ndarray)


def _arrays(segment: Segment) -> Iterator[tuple[str, Any]]:
    yield "tokens.npy", segment.tokens
    for part, kind in _PARTS.items():
        for field in fields(kind):
            yield f"{part}.{field.name}.npy", getattr(getattr(segment, part), field.name)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Open *path* for writing; behind the block its content is on disk."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _fingerprint(path: Path) -> dict[str, int]:
    crc32 = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc32 = zlib.crc32(block, crc32)
    return {"bytes": path.stat().st_size, "crc32": crc32}


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
