"""Mutation testing: which mutants of a solution the cases of its exercise kill.

A mutant that survives is a mistake that a student could make without being told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..course import Exercise, Lesson, Reference
from ..grading import known_mistakes, solutions
from ..judging.compare import judge
from ..judging.mutate import Mutant
from ..judging.references import read_contract
from ..running.calling import call


@dataclass(frozen=True)
class Strength:
    """How an exercise's cases fare against the mutants of its solution."""

    mutants: int
    equivalent: tuple[str, ...]
    surviving: tuple[Mutant, ...]


def strength(lesson: Lesson, exercise: Exercise, references: Sequence[Reference]) -> Strength:
    """The mutants that no case kills, those that are declared equivalent apart."""
    exercise = solutions.declared(lesson, exercise)
    found = known_mistakes.mutants_of(lesson, exercise)
    alive = [mutant for mutant in found if not killed(lesson, exercise, mutant, references)]
    return Strength(
        len(found),
        tuple(mutant.id for mutant in alive if mutant.id in exercise.equivalent),
        tuple(mutant for mutant in alive if mutant.id not in exercise.equivalent),
    )


def killed(lesson: Lesson, exercise: Exercise, mutant: Mutant, references: Sequence[Reference]) -> bool:
    """Whether the mutant fails some case."""
    try:
        function = solutions.compiled(lesson, exercise, mutant.source)
    except SyntaxError:
        return True
    contract = read_contract(lesson)
    calls = ((one, call(function, one.case, exercise.name, contract)) for one in references)
    return any(judge(exercise, reference, outcome) for reference, outcome in calls)
