"""Gradients that are declared agree with measured ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from ...course import Case, Exercise, Lesson
from ...grading import solutions
from ...judging.compare import extract
from ...running.calling import call
from .exercises import visible

# A step in each entry, in parts of its size; and how far apart two gradients may be, in parts of theirs.
STEP = 1e-5
RTOL = 1e-5
# Of larger arrays so many entries are measured.
ENTRIES = 40


def gradients_agree_with_numerical_ones(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Each output declared as a gradient equals the gradient measured by small steps, in the visible cases."""
    for output, (of, parameter) in exercise.gradients.items():
        cases = [one.case for one in visible(lesson, exercise) if output in one.expected and not one.case.judged]
        if not cases:
            yield f"no visible case has {output}, which is declared as a gradient"
        for case in cases:
            returned: Any = extract(exercise, case, call(_solution(lesson, exercise.name), case).value)
            found = np.asarray(returned[output], dtype=np.float64)
            measured = _measured(lesson, exercise, case, of, parameter)
            if found.size != measured.size:
                yield f'{output} has the shape {found.shape} in case "{case.label}", and {parameter} {measured.shape}'
                continue
            chosen = ~np.isnan(measured)
            apart = np.linalg.norm(found.reshape(measured.shape)[chosen] - measured[chosen])
            if apart > RTOL * (1 + np.linalg.norm(measured[chosen])):
                yield f'{output} is not the gradient of {of} by {parameter} in case "{case.label}": {apart:.1e} apart'


def _measured(lesson: Lesson, exercise: Exercise, case: Case, of: str, parameter: str) -> np.ndarray:
    """The numerical gradient of the sum of a quantity by one argument; nan where an entry is not measured."""
    arguments = inspect.signature(_solution(lesson, exercise.name)).bind(*case.args, **case.kwargs).arguments
    quantity = _quantity(lesson, exercise, of)
    start = np.array(arguments[parameter], dtype=np.float64)
    measured = np.full(start.shape, np.nan)
    places = list(np.ndindex(start.shape))
    chosen = np.random.default_rng(0).permutation(len(places))[:ENTRIES]
    for place in (places[number] for number in chosen):
        step = STEP * max(1.0, abs(start[place]))
        ends = []
        for sign in (1, -1):
            moved = start.copy()
            moved[place] += sign * step
            ends.append(quantity({**arguments, parameter: moved if start.shape else float(moved)}))
        measured[place] = (ends[0] - ends[1]) / (2 * step)
    return measured


def _quantity(lesson: Lesson, exercise: Exercise, of: str) -> Callable[[Mapping[str, Any]], float]:
    """Named arguments -> the sum of what is measured: an output of the exercise, or what another exercise returns first."""
    name, place = (exercise.name, exercise.returns.index(of)) if of in exercise.returns else (of, 0)
    function = _solution(lesson, name)
    several = len(lesson.exercise(name).returns) > 1

    def measure(arguments: Mapping[str, Any]) -> float:
        returned = function(
            **{key: arguments[key] for key in inspect.signature(function).parameters if key in arguments}
        )
        return float(np.sum(returned[place] if several else returned))

    return measure


def _solution(lesson: Lesson, name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(solutions.module_of(lesson), name)
    return function
