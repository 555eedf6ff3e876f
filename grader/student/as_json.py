"""What a check finds, for a program that helps a student: one object for each exercise."""

from __future__ import annotations

from typing import Any

from ..course import Exercise, ExerciseResult
from ..judging.quantity_words import told
from ..show import Row, rows
from ..words import _
from .check import Check

# Raised when a key changes its meaning or goes; new keys may come at any time.
VERSION = 1


def as_object(check: Check, exercise: Exercise) -> dict[str, Any]:
    """The result of one exercise, each finding with its sentence in the reader's language, and how many hints are open.

    A finding is `verified` where its sentence names a cause that was found to give the very result seen, and no other does.
    """
    result, notes = check.found(exercise, check.function(exercise.name))
    with check.words_for(result):
        findings = [_finding(result, row) for row in rows(exercise, result) if not row.right]
    opened, every = check.hints.level(exercise.name)
    return {
        "version": VERSION,
        "lesson": check.lesson.name,
        "exercise": exercise.name,
        "status": result.status,
        "points": result.points,
        "max_points": result.max_points,
        "outputs": {name: list(points) for name, points in result.outputs.items()},
        "findings": findings,
        "notes": notes,
        "hints": {"open": opened, "of": every},
        "solution": why_no_solution(check, exercise) or "open",
    }


def _finding(result: ExerciseResult, row: Row) -> dict[str, Any]:
    found = next(one for case in result.cases for output in row.outputs if (one := case.finding(output)))
    # Where a difference is first seen is true, and no cause.
    verified = row.explained and told(found.misconception) is None
    return {
        "outputs": list(row.outputs),
        "what": row.headline,
        "verified": verified,
        "cause": found.misconception if verified else None,
        "sentence": row.help,
        "difference": row.message,
    }


def why_no_solution(check: Check, exercise: Exercise) -> str:
    """Why `grader solution` shows none: in this course, before an attempt, or while a hint is closed; '' where it does."""
    if why := check.why_no_solution(exercise):
        return why
    opened, every = check.hints.level(exercise.name)
    closed = _(
        "{k} of {n} hints for `{name}` are open. The solution comes after the last: `grader hint` shows the next."
    )
    return closed.format(k=opened, n=every, name=exercise.name) if opened < every else ""
