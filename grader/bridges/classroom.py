"""Practice points -> what GitHub Classroom's reporter (`autograding-grading-reporter`) reads, so that they stand in its table.

The reporter adds up the `score` of the tests and the `max_score` of what it is given. One file holds several notebooks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..course import ExerciseResult, files

Tests = list[dict[str, Any]]


def tests_of(lesson: str, results: Iterable[ExerciseResult]) -> Tests:
    """A test for each exercise that has points."""
    return [
        _test(f"{lesson}: {one.name}", "pass" if one.status == "passed" else "fail", one.points)
        for one in results
        if one.max_points
    ]


def not_checked(name: str) -> Tests:
    """The test of a notebook that could not be checked."""
    return [_test(name, "error", 0)]


def _test(name: str, status: str, score: int) -> dict[str, Any]:
    # Without a line the reporter writes none; without a message it says that the test failed.
    return {"name": name, "status": status, "score": score, "line_no": 0, "test_code": ""}


def add_to(path: Path, tests: Tests, max_score: int) -> None:
    """Add the tests of a notebook to the file of a run, which is made where it is not there. Raises OSError, ValueError."""
    text = path.read_text(encoding="utf-8") if path.exists() else '{"tests": [], "max_score": 0}'
    found = json.loads(text)
    files.write(path, json.dumps(summed_up(found["tests"] + tests, found["max_score"] + max_score)).encode())


def summed_up(tests: Tests, max_score: int) -> dict[str, Any]:
    """What the reporter reads of all these tests."""
    right = all(test["status"] == "pass" for test in tests)
    return {"version": 1, "status": "pass" if right else "fail", "max_score": max_score, "tests": tests}
