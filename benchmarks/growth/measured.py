"""Measured figures, as plain values."""

from dataclasses import dataclass

from benchmarks.growth.material import Material
from benchmarks.growth.memory import Memory
from benchmarks.growth.timing import Opening, Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Figures of a process that has opened an index, and does nothing but answer."""

    opening: Opening
    headlines: Times  # questions of about ten words
    short: Times  # of three words
    questions: int  # of either kind, at most
    memory: Memory  # after all questions
    best: list[int]  # the first passage of each headline; -1: none


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Figures of an engine that ranks passages, the ten best."""

    engine: str  # its module
    terms: str  # "syllables", or "pairs": with pairs of neighbours as well
    build: float  # seconds, from a file of terms to an index in files
    peak: float  # MB: the most that was held in building
    disk: int  # bytes
    asking: Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Figures of whole answers of Hỏi Báo, in a process that has opened its index."""

    opening: Opening
    times: Times
    ten_at_once: float  # seconds of ten questions at once, in seconds of one
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Figures of taking in 100 new articles while another process asks."""

    found: float  # seconds until the process that asks finds them; the median of some reloads
    idle: Times
    meanwhile: Times
    asked: int  # questions in the meantime
    failed: int  # of them: an error, or nothing found where there was something before


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Figures of Hỏi Báo as a whole."""

    index: float  # seconds from articles as JSON lines to an index in files
    index_peak: float  # MB
    tantivy: float  # seconds of tantivy from the same lines: whole articles, stored, its own words
    tantivy_alike: float  # seconds of tantivy for the same passages and terms, with pairs; stored
    disk: int  # bytes of the index
    answering: Answering
    reload: float  # seconds of the command `hoibao reload`, with its start
    reload_peak: float  # MB
    renewal: Renewal
    before: Times | None = None  # of whole answers of the version before, in the same run


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Figures of one collection."""

    material: Material
    rankings: list[Ranking]
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the benchmark."""

    date: str
    commit: str
    machine: str
    versions: dict[str, str]
    seconds: float
    sizes: list[Size]
