"""Marks as JSON, one object per line; the form is described in docs/instructors.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..course import ExerciseResult, Finding, Result
from ..marks import Mark, Override
from ..submissions.records import Row
from ..words import as_sentence

# Raised when a key changes its meaning or goes; new keys may come at any time.
VERSION = 2


def render(marks: Iterable[Mark]) -> Iterable[str]:
    """One line of JSON for each submission."""
    return (json.dumps(as_object(mark), ensure_ascii=False) for mark in marks)


def render_refused(rows: Iterable[Row]) -> Iterable[str]:
    """A line for each notebook that was named and is not there: whoever asked for one object gets one."""
    for row in rows:
        if not row.student and row.file.endswith(".ipynb"):
            yield from render([Mark(Result(row.file, "", row.lesson, 0, "", error=as_sentence(row.why)))])


def as_object(mark: Mark) -> dict[str, Any]:
    """`points` are the grader's, a sum of the outputs'; what the instructor and the calendar made of them is in `mark`."""
    result = mark.result
    found = {
        "version": VERSION,
        "submission": result.submission,
        "student": result.student,
        "lesson": result.lesson or None,
        "points": result.points,
        "max_points": result.max_points,
        "mark": _mark(mark),
        "round": result.round,
        "isolation": result.isolation,
        "please_look": [asdict(look) for look in mark.look],
        "same_file": list(mark.same_file),
        "replaced": [asdict(one) for one in mark.replaced],
        "undecided": [{"file": file, "why": why} for file, why in mark.undecided.items()],
        "exercises": [_exercise(exercise) for exercise in result.exercises],
        "not_counted": [{"reason": one.reason, **_exercise(one.part)} for one in mark.aside],
        "asked": _asked(mark),
    }
    found |= {} if result.defines is None else {"defines": list(result.defines)}
    return found if result.error is None else found | {"error": result.error}


def _asked(mark: Mark) -> dict[str, Any] | None:
    """What a class from elsewhere was asked for; None for one of the course's own."""
    if mark.asked.exercises is None:
        return None
    known = mark.known
    sums = {"points": known.points, "max_points": known.most}
    return {"exercises": mark.asked.exercises, "decided": mark.asked.decided, **sums}


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "points": mark.points,
        "max_points": mark.most,
        "penalty": mark.penalty,
        "final": mark.final,
        "handed_in": mark.handed_in and mark.handed_in.isoformat(),
        "due": mark.due and mark.due.isoformat(),
        "timing": mark.timing,
        "overrides": [_by_a_person(one) for one in mark.overrides],
        "by_hand": [
            {"name": part.name, "max_points": part.most, "given": part.given and _by_a_person(part.given)}
            for part in mark.parts
        ],
        "bonuses": [_by_a_person(one) for one in mark.bonuses],
        "whole": mark.whole and _by_a_person(mark.whole),
    }


def _by_a_person(one: Override) -> dict[str, Any]:
    return {"exercise": one.exercise, "points": one.points, "reason": one.reason}


def _exercise(graded: ExerciseResult) -> dict[str, Any]:
    exercise = graded.in_full()
    return {
        "name": exercise.name,
        "points": exercise.points,
        "max_points": exercise.max_points,
        "outputs": {name: list(points) for name, points in exercise.outputs.items()},
        "status": exercise.status,
        "cascade_from": list(exercise.cascade_from),
        "shown": {"status": graded.status, "cascade_from": list(graded.cascade_from)},
        "cases": [
            {
                "name": case.name,
                "visible": case.visible,
                "passed": case.passed,
                "findings": [_finding(finding) for finding in case.findings],
            }
            for case in exercise.cases
        ],
    }


def _finding(found: Finding) -> dict[str, Any]:
    # Where a slip stands is told in a check alone.
    return {"kind": found.kind, "output": found.output, "message": found.message, "misconception": found.misconception}
