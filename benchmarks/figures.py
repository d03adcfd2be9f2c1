"""The figures of a suite, under the names that floors and targets use.

All are shares (0..1) but ``ms``, ``queries`` and ``stripped_loss``:

- ``r1``, ``r5``, ``mrr``: the right article first, among the first five, at 10;
- ``r1_stripped``: asked without accents; ``stripped_loss``: what that costs of ``r1``;
- ``excerpt1``, ``excerpt3``: an answer in the first excerpt shown, in one of three;
- ``auroc``: confidence tells answerable questions from others; ``answered``: answerable questions that
  were; ``refused``: the others that were not;
- ``ms``: the median milliseconds of a question, analysis to answer; ``queries``: how many were asked.

A figure that the suite cannot give is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answering.engine import Engine
from retrieval.evaluation.measure import Evaluation, measure
from retrieval.evaluation.suite import Question

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A suite, asked as typed and without accents."""

    typed: Evaluation
    stripped: Evaluation | None  # None where nobody would leave the accents out

    @property
    def figures(self) -> Figures:
        """The figures by name."""
        typed = self.typed
        known = {
            "r1": typed.r1,
            "r5": typed.r5,
            "mrr": typed.mrr,
            "excerpt1": typed.excerpt1,
            "excerpt3": typed.excerpt3,
            "auroc": typed.abstention.auroc,
            "answered": typed.abstention.answered_share,
            "refused": typed.abstention.unanswerable_rejected,
            "ms": typed.ms_p50,
            "queries": float(typed.queries),
        }
        if self.stripped and typed.r1 is not None and self.stripped.r1 is not None:
            known |= {"r1_stripped": self.stripped.r1, "stripped_loss": typed.r1 - self.stripped.r1}
        return {name: value for name, value in known.items() if value is not None}


def measured(
    engine: Engine,
    questions: Sequence[Question],
    *,
    accents: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Measured:
    """Ask *engine* the *questions*; where the language has *accents*, once more without them."""
    return Measured(
        typed=measure(engine, questions, progress=progress),
        stripped=measure(engine, questions, strip_accents=True, progress=progress) if accents else None,
    )
