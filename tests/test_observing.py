"""What is observed in a returned value is computed by the grader itself: no value may make that large."""

import tracemalloc
from itertools import permutations

import numpy as np
import pytest

from grader.course import lesson_names, load_lesson
from grader.grading import solutions
from grader.judging.compare import extract
from grader.judging.references import read_references
from grader.running.calling import call

OBSERVED = [
    pytest.param(lesson, exercise, id=f"{lesson.name}::{exercise.name}")
    for lesson in map(load_lesson, lesson_names())
    for exercise in lesson.exercises
    if exercise.observe
]
# Two that broadcast against each other to 3 GB and more, and some for one place alone.
PAIR = np.ones((20_000, 1, 1)), np.ones((20_000, 1, 1, 1))
ALONE = [np.ones(shape) for shape in [(1, 20_000), (20_000, 1), (900_000,), (3_000_000,), (0, 3), ()]]
MEGABYTES = 1000


def leaves(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else None
    return 1 if inner is None else sum(map(leaves, inner))


def with_leaves(value, replacements, start=0):
    """`value` with its n-th leaf, counted through, replaced by replacements[n]."""
    if isinstance(value, dict):
        keys, items = list(value), with_leaves(list(value.values()), replacements, start)
        return dict(zip(keys, items, strict=True))
    if isinstance(value, (list, tuple)):
        made = []
        for item in value:
            made.append(with_leaves(item, replacements, start))
            start += leaves(item)
        return type(value)(made)
    return replacements.get(start, value)


@pytest.mark.parametrize(("lesson", "exercise"), OBSERVED)
def test_strange_shapes_in_a_right_value_cost_little(lesson, exercise):
    case = read_references(lesson, exercise)[0].case
    right = call(getattr(solutions.module_of(lesson), exercise.name), case).value
    places = range(min(20, leaves(right)))
    strange = [dict(zip(pair, PAIR, strict=True)) for pair in permutations(places, 2)]
    strange += [{place: array} for place in places for array in ALONE]
    tracemalloc.start()
    try:
        for replacements in strange:
            extract(exercise, case, with_leaves(right, replacements))
        spent = tracemalloc.get_traced_memory()[1] >> 20
    finally:
        tracemalloc.stop()
    assert spent < MEGABYTES
