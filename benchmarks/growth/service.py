"""Measure Hỏi Báo as a whole: from JSON lines to an index, whole answers, a reload, questions meanwhile."""

import os
import shutil
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.growth import answering, renewing
from benchmarks.growth.built import index
from benchmarks.growth.material import Material
from benchmarks.growth.measured import Answering, Before, Built, Done, Real, Renewal, Service
from benchmarks.growth.process import call, watched, watched_command
from benchmarks.growth.timing import PROCESSES, typical

FEW = 100  # questions of a collection that is mixed: each takes long, and they are alike


def measure(material: Path, work: Path, before: Path | None = None, processes: int = PROCESSES) -> Service:
    """Measure on the articles of *material*; *work* is a folder that may be filled.

    *before* is a checkout of the version before, which is measured as well on real articles. Either is asked
    by so many *processes*, in turns.
    """
    is_mixed = Material.read(material).mixed > 0
    checkouts = {"index": None} if before is None or is_mixed else {"index": None, "index_before": before}
    built: dict[str, Built] = {}
    asked: dict[str, list[Answering]] = {name: [] for name in checkouts}
    with ExitStack() as stack:
        for name, checkout in checkouts.items():
            making = partial(build, material, work / name, checkout)
            built[name] = stack.enter_context(index(work / name, making))
        for _ in range(processes):
            for name, checkout in checkouts.items():
                asked[name].append(_answers(material, work / name, checkout, FEW if is_mixed else None))
    earlier = "index_before"
    return Service(
        built=built["index"],
        answering=typical(asked["index"]),
        before=Before(built=built[earlier], answering=typical(asked[earlier])) if earlier in built else None,
        real=None if is_mixed else _real(material, work / "service"),
    )


def build(material: Path, folder: Path, checkout: Path | None = None) -> Done:
    """Index the articles of *material* in *folder*."""
    articles = str(material / "articles.jsonl")
    return watched(answering.__name__, "build", checkout=checkout, articles=articles, folder=str(folder))


def _answers(material: Path, index: Path, checkout: Path | None, first: int | None) -> Answering:
    few = {} if first is None else {"first": first}  # the version before may not know it
    where = {"material": str(material), "folder": str(index)}
    return call(Answering, answering.__name__, "answer", checkout=checkout, **where, **few)


def _real(material: Path, work: Path) -> Real:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    articles, peer, state = str(material / "articles.jsonl"), work / "tantivy", work / "state"
    tantivy = {}
    for alike in (False, True):
        peer.mkdir()
        task = watched(answering.__name__, "build_tantivy", articles=articles, folder=str(peer), alike=alike)
        tantivy[alike] = task.seconds
        shutil.rmtree(peer)
    reload = [sys.executable, "-m", "bot", "reload", articles]
    reloaded = watched_command(reload, os.environ | renewing.settings(state))
    renewal = call(Renewal, renewing.__name__, "renew", material=str(material), state=str(state))
    shutil.rmtree(work)
    return Real(tantivy=tantivy[False], tantivy_alike=tantivy[True], reload=reloaded, renewal=renewal)
