"""What is looked for in postings: clauses, their forms and keys, and what each gives a document.

A clause has forms, and a form is one key or several that must stand together.
"""

from typing import NamedTuple

from retrieval.kernels import Floats, Ints
from retrieval.kernels.lists import Norms

SLACK = 1 + 1e-9  # a bound is added up in another order than a score, and may fall short of it by rounding


class Wanted(NamedTuple):
    """Clauses, as they are looked for in one set of postings."""

    order: Ints  # in which clauses are added up
    forms: Ints  # clauses + 1: where the forms of each begin
    form_keys: Ints  # forms + 1: where the keys of each begin; a document must hold all of a form's
    weights: Floats  # of each form, 0..1
    places: Ints  # of each key in the postings, -1 where it is not there


class Impact(NamedTuple):
    """The part of each clause in a document: the worth of each, times its share there."""

    worths: Floats
    norms: Norms
