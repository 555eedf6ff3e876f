"""Results as JSON, one object per line; the form is described in docs/instructors.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..course import ExerciseResult, Result


def render(results: Iterable[Result]) -> Iterable[str]:
    """One line of JSON for each submission."""
    return (json.dumps(as_object(result), ensure_ascii=False) for result in results)


def as_object(result: Result) -> dict[str, Any]:
    found = {
        "submission": result.submission,
        "student": result.student,
        "lesson": result.lesson or None,
        "points": result.points,
        "max_points": result.max_points,
        "round": result.round,
        "isolation": result.isolation,
        "exercises": [_exercise(exercise) for exercise in result.exercises],
    }
    return found if result.error is None else found | {"error": result.error}


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "points": exercise.points,
        "max_points": exercise.max_points,
        "outputs": {name: list(points) for name, points in exercise.outputs.items()},
        "status": exercise.status,
        "cascade_from": list(exercise.cascade_from),
        "cases": [
            {
                "name": case.name,
                "visible": case.visible,
                "passed": case.passed,
                "findings": [asdict(finding) for finding in case.findings],
            }
            for case in exercise.cases
        ],
    }
