"""Measure Hỏi Báo as a whole: from JSON lines to an index, whole answers, a reload, questions meanwhile."""

import os
import shutil
import sys
from pathlib import Path

from benchmarks.growth import answering, renewing
from benchmarks.growth.contest import size
from benchmarks.growth.measured import Answering, Renewal, Service
from benchmarks.growth.process import call, watched, watched_command
from benchmarks.growth.timing import Times


def measure(material: Path, work: Path, before: Path | None = None) -> Service:
    """Measure on the articles of *material*; *work* is a folder that may be filled.

    *before* is a checkout of the version before, whose answers are timed as well.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    index, state, peers = work / "index", work / "state", work / "tantivy"
    articles = str(material / "articles.jsonl")
    tantivy = {}
    for alike in (False, True):
        peers.mkdir()
        task = watched(answering.__name__, "build_tantivy", articles=articles, folder=str(peers), alike=alike)
        tantivy[alike] = task.seconds
        shutil.rmtree(peers)
    built = watched(answering.__name__, "build", articles=articles, folder=str(index))
    answers = call(Answering, answering.__name__, "answer", material=str(material), folder=str(index))
    earlier = _answers_of(before, articles, material, work / "before") if before else None
    reload = [sys.executable, "-m", "bot", "reload", articles]
    reloaded = watched_command(reload, os.environ | renewing.settings(state))
    renewal = call(Renewal, renewing.__name__, "renew", material=str(material), state=str(state))
    service = Service(
        index=built.seconds,
        index_peak=built.peak,
        tantivy=tantivy[False],
        tantivy_alike=tantivy[True],
        disk=size(index),
        answering=answers,
        reload=reloaded.seconds,
        reload_peak=reloaded.peak,
        renewal=renewal,
        before=earlier,
    )
    shutil.rmtree(work)
    return service


def _answers_of(checkout: Path, articles: str, material: Path, index: Path) -> Times:
    """Return the times of whole answers of another version."""
    module, where = answering.__name__, str(index)
    call(float, module, "build", checkout=checkout, articles=articles, folder=where)
    return call(Answering, module, "answer", checkout=checkout, material=str(material), folder=where).times
