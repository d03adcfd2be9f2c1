"""Words whose forms depend on the words beside them, as a Markov chain.

The forward-backward algorithm gives each form its probability; the Viterbi algorithm gives the likeliest
forms of all words together (Rabiner 1989, "A tutorial on hidden Markov models", section III).

What two words say of a third is weighed only between forms that single neighbours leave likely: of twelve
forms of each of three words, nearly all are not worth a look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Numbers
from retrieval.query.neighbours import Neighbours, Syllables
from retrieval.query.word import Probabilities

OWN_SHARE = 0.4  # 0..1: how far the index is believed against Vietnamese at large; .2 to .45 read alike
LIKELY = 0.001  # 0..1: a form that is a smaller share of its word's likeliest is not looked at in threes
FORMS_READ = 5  # at most, of a word that is


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A stretch of words as a Markov chain; what is given of it need not sum to 1."""

    first: Probabilities  # of the first word's forms
    steps: list[Probabilities]  # from each word's forms to the next one's
    own: list[Probabilities]  # the same by the index alone, without priors
    priors: list[Probabilities]  # of each word's forms
    syllables: list[Syllables]  # each word's forms by their numbers among the neighbours; empty without these


@dataclass(frozen=True, slots=True, kw_only=True)
class Threes:
    """A chain whose states are two neighbouring words, each in one of its likely forms.

    Every word has as many forms here: behind its own there are some of no chance.
    """

    singly: Sequence[Probabilities]  # each word's chances by single neighbours
    kept: Sequence[Numbers]  # the places of each word's likely forms
    first: Probabilities  # of the first two words' forms
    steps: Probabilities  # from each two words' forms to the next one's

    @classmethod
    def of(
        cls,
        chain: Chain,
        neighbours: Neighbours,
        singly: Sequence[Probabilities],
        kept: Sequence[Numbers],
    ) -> Self:
        """Return the part of *chain* of the forms *kept*; *singly* are the chances of all forms."""
        width = max(map(len, kept))
        forms = np.zeros((len(kept), width), dtype=np.int64)
        priors = np.zeros(forms.shape)
        for places, row, chance, values in zip(kept, forms, priors, chain.priors, strict=True):
            row[: len(places)] = places
            chance[: len(places)] = values[places]
        syllables = np.array([of[places] for of, places in zip(chain.syllables, forms, strict=True)])
        own = np.array(
            [
                step[left[:, None], right]
                for step, (left, right) in zip(chain.own, pairwise(forms), strict=True)
            ]
        )
        first = chain.first[forms[0]][:, None] * chain.steps[0][forms[0][:, None], forms[1]]
        before, middle, last = syllables[:-2, :, None, None], syllables[1:-1, :, None], syllables[2:, None, :]
        at_large = neighbours.behind_both(before, middle[:, None], last[:, None])
        steps = OWN_SHARE * own[1:, None] + (1 - OWN_SHARE) * at_large
        return cls(
            singly=singly,
            kept=kept,
            first=first * (priors[0] > 0)[:, None] * (priors[1] > 0),
            steps=steps * priors[2:, None, None, :],
        )

    def chances(self) -> list[Probabilities]:
        """Return how likely each form of each word is; of those not kept, what single neighbours say."""
        forward = [_normal(self.first)]
        for step in self.steps:
            forward.append(_normal((forward[-1][:, :, None] * step).sum(axis=0)))
        backward = [np.ones(self.first.shape)]
        for step in self.steps[::-1]:
            backward.append(_normal((step * backward[-1]).sum(axis=2)))
        both = [f * b for f, b in zip(forward, reversed(backward), strict=True)]
        of_words = [both[0].sum(axis=1), *(two.sum(axis=0) for two in both)]
        chances = []
        for singly, kept, threefold in zip(self.singly, self.kept, of_words, strict=True):
            better = singly.copy()
            better[kept] = singly[kept].sum() * _normal(threefold[: len(kept)])
            chances.append(better)
        return chances

    def path(self) -> list[int]:
        """Return the place of each word's form in the likeliest reading of all."""
        best = _normal(self.first)
        came: list[NDArray[np.int64]] = []
        for step in self.steps:
            ways = best[:, :, None] * step
            came.append(ways.argmax(axis=0))
            best = _normal(ways.max(axis=0))
        last, word = divmod(int(best.argmax()), best.shape[1])
        path = [word, last]
        for before in reversed(came):
            path.append(int(before[path[-1], path[-2]]))
        return [int(kept[at]) for kept, at in zip(self.kept, reversed(path), strict=True)]


def likely(chances: Probabilities) -> Numbers:
    """Return the places of a word's likely forms, ascending."""
    if len(chances) == 1:
        return np.zeros(1, dtype=np.int64)
    best = np.argsort(-chances, kind="stable")[:FORMS_READ]
    return np.sort(best[chances[best] >= LIKELY * chances[best[0]]])


def forward_backward(chain: Chain) -> list[Probabilities]:
    """Return how likely each form of each word is, by single neighbours."""
    forward = [_normal(chain.first)]
    for step in chain.steps:
        forward.append(_normal(forward[-1] @ step))
    backward = [np.ones(len(forward[-1]))]
    for step in reversed(chain.steps):
        backward.append(_normal(step @ backward[-1]))
    backward.reverse()
    return [_normal(f * b) for f, b in zip(forward, backward, strict=True)]


def viterbi(chain: Chain) -> list[int]:
    """Return the place of each word's form in the likeliest reading of all, by single neighbours."""
    best = _normal(chain.first)
    came: list[NDArray[np.int64]] = []
    for step in chain.steps:
        ways = best[:, None] * step
        came.append(ways.argmax(axis=0))
        best = _normal(ways.max(axis=0))
    path = [int(best.argmax())]
    for before in reversed(came):
        path.append(int(before[path[-1]]))
    return path[::-1]


def _normal(values: Probabilities) -> Probabilities:
    normal: Probabilities = values / np.add.reduce(values, axis=None)  # values.sum(), a call sooner
    return normal
