"""The points and the cases of an exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np

from ...course import Case, Exercise, Lesson, Reference
from ...course.plain import leaves
from ...grading import grade, sampling, solutions
from ...judging import references
from ...student.hints import hints
from ..given import given_names
from ..packing.writer import inputs_digest

# Rounds in which the hidden cases are looked at.
SEEDS = (1, 300)


def visible(lesson: Lesson, exercise: Exercise) -> tuple[Reference, ...]:
    return references.read_references(lesson, exercise)


@cache
def hidden(lesson: Lesson, exercise: Exercise, seed: int) -> tuple[Reference, ...]:
    return tuple(reference for reference, seen in grade.cases(lesson, exercise, seed) if not seen)


def points_are_whole_numbers(_lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Points are whole numbers, none of them negative."""
    for output, points in exercise.points.items():
        if type(points) is not int or points < 0:
            yield f"{output} has {points!r} points: write a whole number"


def every_output_is_judged_twice_or_by_a_case_of_its_own(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Every output with points is judged by at least two visible cases, or by one that is about it alone."""
    for output in exercise.points:
        about = [reference for reference in visible(lesson, exercise) if output in reference.expected]
        if len(about) < 2 and not any(output in reference.case.judged for reference in about):
            yield f"{output} is judged by {len(about)} visible cases: add one, for a cause is named from two on"


def labels_differ(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """No two visible cases have one label, by which a student knows them."""
    labels = [reference.case.label for reference in visible(lesson, exercise)]
    for label in dict.fromkeys(labels):
        if labels.count(label) > 1:
            yield f'{labels.count(label)} cases have the label "{label}"'


def hidden_cases_demand_what_visible_ones_demand(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Hidden cases differ from the visible ones in numbers and sizes only, never in a demand."""
    demanded = [_demand(reference) for reference in visible(lesson, exercise)]
    for seed in SEEDS:
        other = [_demand(reference) for reference in hidden(lesson, exercise, seed)]
        if len(other) != len(demanded):
            yield f"seed {seed} gives {len(other)} cases, the visible ones are {len(demanded)}"
        for (label, *one), (other_label, *another) in zip(demanded, other, strict=False):
            if (label, one) != (other_label, another):
                yield f'seed {seed}: case "{other_label}" asks for {another}, the visible "{label}" for {one}'


def _demand(reference: Reference) -> tuple[str, Any, int, list[str]]:
    """What a case asks for: its label, the outputs it is about, how many arguments, what must be returned."""
    case = reference.case
    return case.label, dict(case.judged), len(case.args), sorted(reference.expected)


def hidden_cases_have_other_numbers(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """A table of the visible answers earns nothing: hidden cases have other numbers, or other texts."""
    seen = _numbers(reference.case for reference in visible(lesson, exercise))
    for seed in SEEDS:
        drawn = _numbers(reference.case for reference in hidden(lesson, exercise, seed))
        if len(seen) == len(drawn) and all(map(np.array_equal, seen, drawn)):
            yield f"seed {seed} gives the numbers of the visible cases: draw some from the generator that is passed"


def _numbers(cases: Iterable[Case]) -> list[np.ndarray]:
    """Every array, number and text in the arguments of cases."""
    inputs = [[one.args, one.kwargs, [given.data for given in one.given.values()]] for one in cases]
    return [np.asarray(leaf) for leaf in leaves(inputs) if leaf is not None]


def a_seed_gives_the_same_cases(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """One seed gives the same cases each time, so that everybody in a round is asked the same."""
    one, other = (sampling.draw(lesson, exercise, 7) for _time in range(2))
    if inputs_digest({"": one}) != inputs_digest({"": other}):
        yield "the cases differ from one drawing to the next: draw from the generator that is passed, from nothing else"


def what_only_this_course_asks_for_has_cases_of_its_own(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Outputs of `ours` are judged in cases that are about nothing else: they do not count in notebooks from elsewhere."""
    for output in sorted(exercise.ours - set(exercise.points)):
        yield f"`ours` names {output}, which has no points"
    for reference in visible(lesson, exercise):
        about = set(reference.expected)
        if not about <= exercise.ours and (shared := about & exercise.ours):
            yield f'case "{reference.case.label}" is about {_listed(shared)} and about what others ask for too'


def a_warm_up_is_needed_and_an_extra_is_not(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """A warm-up has no points, and an exercise or a later lesson needs it; nothing needs an extra one."""
    needing = [
        other for other in lesson.exercises if other.max_points and exercise.name in solutions.needs(lesson, other)
    ]
    if exercise.warm_up and exercise.max_points:
        yield f"it is a warm-up and has {exercise.max_points} points"
    if exercise.warm_up and not needing and exercise.name not in given_names(lesson):
        yield "it is a warm-up, and neither an exercise with points nor a later lesson (tag `given`) needs it"
    if exercise.is_extra and needing:
        yield f"it has no points and {needing[0].name} needs it: declare it as a warm-up"


def there_are_hints(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Every exercise has hints above it, folded in the notebook."""
    found = hints(lesson, exercise.name)
    if not found:
        yield "the notebook has no hint above it: write one as `<details><summary>Hint 1</summary> ... </details>`"
    yield from (f"hint {number} is empty" for number, hint in enumerate(found, 1) if not hint)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
