"""Measured figures, as plain values."""

from dataclasses import dataclass, field

from benchmarks.growth.material import Material
from benchmarks.growth.memory import Memory
from benchmarks.growth.timing import Opening, Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The time and memory that a command took."""

    seconds: float
    processor: float  # seconds of processor time: others on the machine hardly add to it
    peak: float  # MB, with all the processes below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Figures of an index in files."""

    done: Done  # what it took to build
    disk: int  # bytes
    before_by: str = ""  # the commit whose earlier run has built it, beside who knows what; "": this run


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage of a question costs."""

    name: str
    ms: float  # of processor time a question
    times: float  # passed in a question; 0: never, or it is no stage


@dataclass(frozen=True, slots=True)
class Costs:
    """What the stages of some questions cost."""

    title: str
    questions: int
    stages: list[Stage]


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
    built: Built  # from a file of terms to an index in files
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

    built: Built  # from articles as JSON lines to an index in files
    answering: Answering
    before: "Before | None" = None
    real: "Real | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """Figures of the version before, in the same run."""

    built: Built
    answering: Answering


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """Figures that are taken with real articles only: with more, mixed ones, they would say nothing new."""

    tantivy: float  # seconds of tantivy from the same lines: whole articles, stored, its own words
    tantivy_alike: float  # seconds of tantivy for the same passages and terms, with pairs; stored
    reload: Done  # the command `hoibao reload` of all, with its start
    renewal: Renewal


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
    stages: list[Costs] = field(default_factory=list)
    stages_before: list[Costs] = field(default_factory=list)  # empty: that version cannot tell
