"""Draws the cases of an exercise for a seed, each with the values its solution returns."""

from __future__ import annotations

import time
import zlib

import numpy as np

from ..course import Case, Exercise, Lesson, Reference
from ..running.calling import call
from .known_mistakes import Mistakes, outputs_of
from .solutions import SolutionError, declared, module_of

# The visible cases are drawn with this seed, once, by the build.
VISIBLE_SEED = 0


def draw(lesson: Lesson, exercise: Exercise, seed: int = VISIBLE_SEED) -> tuple[Reference, ...]:
    """The cases of an exercise for one seed, with their reference values. Raises SolutionError."""
    exercise = declared(lesson, exercise)
    assert exercise.draw is not None
    rng = np.random.default_rng([seed, zlib.crc32(exercise.name.encode())])
    return tuple(reference_of(lesson, exercise, case) for case in exercise.draw(rng))


def reference_of(lesson: Lesson, exercise: Exercise, case: Case) -> Reference:
    """The case with the values that the solution returns. Raises SolutionError."""
    start = time.process_time()
    expected = outputs_of(exercise, case, call(getattr(module_of(lesson), exercise.name), case))
    seconds = time.process_time() - start
    if isinstance(expected, str):
        raise SolutionError(f'{lesson.name}::{exercise.name}, case "{case.label}": the solution {expected}')
    return Reference(case, expected, Mistakes(lesson, exercise, case, expected), seconds)
