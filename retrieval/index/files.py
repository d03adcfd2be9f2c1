"""The index on disk: plain arrays, mapped into memory but for the articles, and a manifest that names them.

    INDEX_DIR/
        manifest.json                 {"format", "generation", "vocabulary": PART,
                                       "segments": [{"segment": PART, "removal": PART or null}, …]}
        <generation>-<random>/        a part: .npy files, an array each, named by the way to its value, as
                                      archive.rows.npy or articles.frequencies.small.npy
    PART                              {"folder", "files": {name: {"bytes", "crc32", "modified"}}}

A part is never changed: a reload adds some and names them beside those that stay. A folder is complete and on
disk before the manifest names it, and the manifest changes by rename: whoever opens the index finds the old
one or the new one. Folders that the manifest does not name are removed by the next writer; who has them open
keeps them. Only the holder of the reload lock writes.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast, get_args, get_type_hints

import numpy as np

from retrieval.errors import IndexFileError
from retrieval.index.durable import Checked, crc32_of, flush_folder, written
from retrieval.index.index import Index
from retrieval.index.removal import Removal
from retrieval.index.segment import Segment
from retrieval.index.stored import Content, Stored
from retrieval.index.vocabulary import Vocabulary

FORMAT = 5
MANIFEST = "manifest.json"
_MANIFEST_SHAPE = {"format": int, "generation": int, "vocabulary": dict, "segments": list}
_FOLDER = re.compile(r"\d+-[0-9a-f]{8}")  # INDEX_DIR may hold what is not ours

# So many bytes are read at open, whether or not a file seems untouched: half a second's work. Beyond them, a
# file of the size and with the time of modification that it was left with counts as sound.
CHECKED = 1 << 31

_Part = TypeVar("_Part", Vocabulary, Segment, Removal)
_Mapped = Mapping[Path, Vocabulary | Segment | Removal]  # parts by their folders


def save_index(index: Index, folder: Path) -> Index:
    """Write *index* to *folder* in place of the one there, and return it mapped into memory from there.

    Parts that lie there already are not written again. If ``OSError`` is raised, the old index stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{MANIFEST}.new"
    try:
        saved = Index(
            generation=index.generation,
            vocabulary=keep(folder, index.generation, index.vocabulary),
            segments=tuple(_kept(folder, index.generation, segment) for segment in index.segments),
        )
        with written(new) as file:
            file.write(json.dumps(_manifest(saved), indent=1).encode())
    except BaseException:
        sweep(folder)
        raise
    new.replace(folder / MANIFEST)  # from here on this is the index, whatever happens
    flush_folder(folder)
    sweep(folder)
    return saved


def open_index(folder: Path, *, every_byte: bool = False, before: Index | None = None) -> Index:
    """Open the index in *folder*; arrays are mapped, not read, and articles are read one by one.

    Parts that the index *before* has mapped from there are taken as they are. Raises ``IndexFileError`` if
    a file is missing, cut short, changed or of another format.
    """
    while True:
        manifest = _read_manifest(folder)
        try:
            return _read(folder, manifest, _by_folder(before), every_byte=every_byte)
        except IndexFileError:
            # A reload may have replaced the index just after its manifest was read.
            if _read_manifest(folder) == manifest:
                raise


def copy_index(source: Path, to: Path) -> None:
    """Let the folder *to* have the index of *source*, if that has one, as links to its files if possible.

    The index of *to* is replaced in one step. Nobody may change *source* meanwhile. Raises ``OSError``.
    """
    try:
        manifest = _read_manifest(source)
    except IndexFileError:  # none, damaged, or of another format: it is built again from the store
        return
    to.mkdir(parents=True, exist_ok=True)
    for part in _parts(manifest):
        if not (to / part["folder"]).exists():
            shutil.copytree(source / part["folder"], to / part["folder"], copy_function=_linked)
    new = to / f"{MANIFEST}.new"
    with written(new) as file:
        file.write((source / MANIFEST).read_bytes())
    new.replace(to / MANIFEST)
    flush_folder(to)


def _linked(source: str, to: str) -> None:
    try:
        os.link(source, to)  # files of an index never change
    except OSError:
        shutil.copy2(source, to)


def keep(folder: Path, generation: int, part: _Part) -> _Part:
    """Write *part* to *folder*, unless it lies there already, and return it mapped from there.

    It does not belong to the index before a manifest names it. Raises ``OSError``.
    """
    if part.stored and part.stored.path.parent == folder:
        return part
    place = folder / f"{generation}-{secrets.token_hex(4)}"
    place.mkdir(parents=True)
    files = {}
    for name, array in _arrays(part):
        with written(place / f"{name}.npy") as file:
            checked = Checked(file)
            np.save(cast(BinaryIO, checked), array)
        files[f"{name}.npy"] = {
            "bytes": checked.size,
            "crc32": checked.crc32,
            "modified": (place / f"{name}.npy").stat().st_mtime_ns,
        }
    flush_folder(place)
    return _mapped(type(part), Stored(path=place, files=files))


def sweep(folder: Path) -> None:
    """Remove what the manifest in *folder* does not name."""
    try:
        named = {part["folder"] for part in _parts(_read_manifest(folder))}
    except (IndexFileError, LookupError, TypeError):
        named = set()
    for old in folder.iterdir() if folder.is_dir() else ():
        if _FOLDER.fullmatch(old.name) and old.name not in named:
            shutil.rmtree(old, ignore_errors=True)


def _kept(folder: Path, generation: int, segment: Segment) -> Segment:
    removal = segment.removal and keep(folder, generation, segment.removal)
    return replace(keep(folder, generation, segment), removal=removal)


def _manifest(index: Index) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "generation": index.generation,
        "vocabulary": _part(index.vocabulary),
        "segments": [
            {"segment": _part(segment), "removal": segment.removal and _part(segment.removal)}
            for segment in index.segments
        ],
    }


def _part(part: Vocabulary | Segment | Removal) -> dict[str, Any]:
    assert part.stored is not None
    return {"folder": part.stored.path.name, "files": part.stored.files}


def _parts(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield manifest["vocabulary"]
    for entry in manifest["segments"]:
        yield entry["segment"]
        if entry["removal"]:
            yield entry["removal"]


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except OSError as error:
        raise IndexFileError(path, error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:  # the latter if it is nested thousands deep
        raise IndexFileError(path, "is not JSON") from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise IndexFileError(path, "is not a manifest")
    if manifest["format"] != FORMAT:
        raise IndexFileError(path, f"has format {manifest['format']}, this program reads format {FORMAT}")
    if {name: type(value) for name, value in manifest.items()} != _MANIFEST_SHAPE:
        raise IndexFileError(path, "is not a manifest")
    return manifest


def _by_folder(index: Index | None) -> _Mapped:
    """Return the parts of *index* that are mapped from files, by the folder of each."""
    if index is None:
        return {}
    removals = (segment.removal for segment in index.segments if segment.removal)
    parts: Iterator[Vocabulary | Segment | Removal] = chain([index.vocabulary], index.segments, removals)
    return {part.stored.path: part for part in parts if part.stored}


def _read(folder: Path, manifest: dict[str, Any], mapped: _Mapped, *, every_byte: bool) -> Index:
    def known(place: Stored) -> Vocabulary | Segment | Removal | None:
        part = mapped.get(place.path)
        return part if part is not None and part.stored == place else None

    def part(kind: type[_Part]) -> _Part:
        place = next(places)
        found = known(place)
        return found if isinstance(found, kind) else _mapped(kind, place)

    try:
        stored = [Stored(path=folder / part["folder"], files=part["files"]) for part in _parts(manifest)]
        _check([place for place in stored if known(place) is None], every_byte=every_byte)
        places = iter(stored)
        return Index(
            generation=manifest["generation"],
            vocabulary=part(Vocabulary),
            segments=tuple(
                replace(part(Segment), removal=part(Removal) if entry["removal"] else None)
                for entry in manifest["segments"]
            ),
        )
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise IndexFileError(folder / MANIFEST, "is not a manifest") from error


def _check(stored: Sequence[Stored], *, every_byte: bool) -> None:
    """Raise ``IndexFileError`` for the first file that is not as it was written."""
    files = [(part.path / name, said) for part in stored for name, said in part.files.items()]
    is_large = sum(said["bytes"] for _, said in files) > CHECKED
    trusting = is_large and not every_byte
    with ThreadPoolExecutor() as pool:  # zlib sums without holding the interpreter
        troubles = pool.map(lambda file: _trouble(file[0], file[1], trusting), files)
        for (path, _), trouble in zip(files, troubles, strict=True):
            if trouble:
                raise IndexFileError(path, trouble)


def _trouble(path: Path, said: dict[str, int], trusting: bool) -> str | None:
    """Return what is wrong with a file; None if nothing is."""
    try:
        status = path.stat()
        if status.st_size == said["bytes"] and (
            (trusting and status.st_mtime_ns == said["modified"]) or crc32_of(path) == said["crc32"]
        ):
            return None
    except OSError as error:
        return error.strerror or str(error)
    return "is not as it was written"


def _mapped(kind: type[_Part], stored: Stored) -> _Part:
    try:
        return cast(_Part, _load(kind, stored.path, "", stored=stored))
    except (OSError, ValueError) as error:
        raise IndexFileError(stored.path, str(error)) from error


def _load(kind: Any, place: Path, prefix: str, **more: Any) -> Any:
    values = {}
    for name, its in _kept_fields(kind):
        if is_dataclass(its):
            values[name] = _load(its, place, f"{prefix}{name}.")
        elif Content in get_args(its):
            values[name] = Content(place / f"{prefix}{name}.npy")
        else:
            array = np.load(place / f"{prefix}{name}.npy", mmap_mode="r", allow_pickle=False)
            # A plain view: numpy.memmap is slow at small slices. It keeps the mapping alive.
            values[name] = array.view(np.ndarray)
    return kind(**values, **more)


def _arrays(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, its in _kept_fields(type(value)):
        if is_dataclass(its):
            yield from _arrays(getattr(value, name), f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", getattr(value, name)


def _kept_fields(kind: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name and type of what is kept of a value: arrays, and values made of arrays."""
    hints = _hints(kind)
    for field in fields(kind):
        if field.metadata.get("kept", True):
            yield field.name, hints[field.name]


@cache  # each segment that is opened asks for those of six kinds
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
