"""What `check` says of solutions, as data that two interpreters can be compared by; its text is run in the tab too."""

import json
import linecache
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from grader import load_lesson
from grader.student.check import Check


def verdict(lesson: str, cells: Mapping[str, str], exercise: str) -> dict[str, Any]:
    """The points of each output, the status, the ids of the reasons and of the sentences that say them; its cells are run."""
    names: dict[str, Any] = {"__name__": "__main__"}
    # What is drawn is the same in both.
    np.random.seed(1)
    for number, source in enumerate(cells.values()):
        filename = f"<cell {number} of {len(cells)}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), names)
    check = Check(load_lesson(lesson), names)
    result, _notes = check.found(check.lesson.exercise(exercise), check.function(exercise))
    findings = [one for case in result.cases for one in case.findings]
    return {
        "points": {output: list(points) for output, points in result.outputs.items()},
        "status": result.status,
        "reasons": sorted({f"{one.output}: {one.kind}: {one.misconception}" for one in findings}),
        "words": sorted({text for one in findings for text in one.message.ids}),
    }


def as_json(lesson: str, cells: Mapping[str, str], exercise: str) -> str:
    """The verdict on one line; what a solution raises while its cells run is one too."""
    try:
        found = verdict(lesson, cells, exercise)
    except Exception as error:
        found = {"raised": f"{type(error).__name__}: {error}"}
    return json.dumps(found, sort_keys=True)


def provide(lesson: str, source: str) -> None:
    """Makes the solved lesson importable where there is none: solutions by hand that are wrong in one thing begin with it."""
    package, module = ModuleType("source_solutions"), ModuleType(f"source_solutions.{lesson}")
    sys.modules.update({package.__name__: package, module.__name__: module})
    exec(compile(source, f"{lesson}.py", "exec"), vars(module))
