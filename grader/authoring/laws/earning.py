"""Solutions earn everything, stubs nothing, in `check` and in `grade`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...course import Exercise, ExerciseResult, Lesson
from ...grading.grade import Round, Submission, grade
from ...running.notebook import Cell
from ...sandbox import Sandbox
from ...student.check import Check
from . import notebooks
from .exercises import SEEDS


def solution_passes_check(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """The solution passes the check under it, with all points."""
    names = notebooks.functions(lesson, notebooks.solved(lesson))
    result = Check(lesson, names).judged(exercise.name)
    if (result.status, result.points) != ("passed", exercise.max_points):
        yield f"the solution {_got(result)}"


def stub_earns_nothing_in_check(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """The stub that a student begins with is `not_implemented`, with 0 points."""
    names = notebooks.functions(lesson, notebooks.stubs(lesson))
    result = Check(lesson, names).judged(exercise.name)
    if (result.status, result.points) != ("not_implemented", 0):
        yield f"the stub {_got(result)}"


def solutions_earn_everything_in_grade(lesson: Lesson, sandbox: Sandbox) -> Iterator[str]:
    """The solved lesson has full marks in `grade`, for any seed."""
    for seed in SEEDS:
        for exercise, result in graded(lesson, notebooks.solved(lesson), seed, sandbox):
            if (result.status, result.points) != ("passed", exercise.max_points):
                yield f"seed {seed}: {exercise.name} {_got(result)}"


def stubs_earn_nothing_in_grade(lesson: Lesson, sandbox: Sandbox) -> Iterator[str]:
    """The notebook that a student gets has 0 points in `grade`."""
    for exercise, result in graded(lesson, notebooks.stubs(lesson), SEEDS[0], sandbox):
        if (result.status, result.points) != ("not_implemented", 0):
            yield f"the stub of {exercise.name} {_got(result)}"


def graded(
    lesson: Lesson, cells: Sequence[Cell], seed: int, sandbox: Sandbox
) -> Iterator[tuple[Exercise, ExerciseResult]]:
    """(exercise, its result) of a notebook in a round with this seed."""
    result = grade(Submission("", "", tuple(cells)), Round(lesson.name, 1, seed), sandbox)
    if result.error:
        raise RuntimeError(f"{lesson.name} could not be graded: {result.error}")
    found = {one.name: one for one in result.exercises}
    return ((exercise, found[exercise.name]) for exercise in lesson.exercises)


def _got(result: ExerciseResult) -> str:
    """The status of an exercise, and the first reason."""
    findings = [(case.name, finding) for case in result.cases for finding in case.findings]
    why = [f'; case "{name}", {one.output or "the call"}: {one.message}' for name, one in findings[:1]]
    return f"is {result.status} with {result.points} of {result.max_points} points" + "".join(why)
