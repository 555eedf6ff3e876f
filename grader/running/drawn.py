"""Checks that a call takes its random numbers from the Generator it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ..course import Case, Outcome, Seeded
from ..words import Sentence, _
from .inplace import changed

Arguments = tuple[tuple[Any, ...], Mapping[str, Any]]


def states(given: Arguments) -> list[Any]:
    """How far each Generator among the arguments of a call has been drawn from, or split into others."""
    args, kwargs = given
    generators = [one for one in (*args, *kwargs.values()) if isinstance(one, np.random.Generator)]
    return [
        (str(g.bit_generator.state), getattr(g.bit_generator.seed_seq, "n_children_spawned", 0)) for g in generators
    ]


def untouched(before: list[Any], after: list[Any]) -> Sentence:
    """A message if one of the Generators is as it was before the call; '' if there is none, or each was drawn from."""
    if all(one != other for one, other in zip(before, after, strict=True)):
        return Sentence()
    return _("nothing is drawn from the generator that is passed")


def from_elsewhere(case: Case, outcome: Outcome, again: Callable[[], Outcome]) -> Sentence:
    """A message if another call with the same Generators returns something else, so that some randomness comes from elsewhere; else ''."""
    given = any(isinstance(one, Seeded) for one in (*case.args, *case.kwargs.values()))
    if not given or outcome.problem or outcome.undrawn:
        return Sentence()
    if not changed([outcome.value], [again().value]):
        return Sentence()
    return _(
        "called twice with the generator in the same state, it returns two different things: "
        "part of the chance comes from elsewhere"
    )
