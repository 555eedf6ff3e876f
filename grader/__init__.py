"""Checks and grades the lessons of a course, and says why a wrong answer is wrong."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bridges.program import grade
    from .course import (
        Case,
        Exercise,
        ExerciseResult,
        Finding,
        Given,
        Lesson,
        Misconception,
        Pace,
        Result,
        Seeded,
        UnknownLesson,
        case,
        exercise,
        lesson_names,
        load_lesson,
    )
    from .student.check import Check
    from .student.opening import load
    from .words.errors import GraderError

# pyproject.toml reads it here: a copy that is not installed, such as an autograder's, has it too.
__version__ = "2.0.0"
__all__ = [
    "Case",
    "Check",
    "Exercise",
    "ExerciseResult",
    "Finding",
    "Given",
    "GraderError",
    "Lesson",
    "Misconception",
    "Pace",
    "Result",
    "Seeded",
    "UnknownLesson",
    "case",
    "exercise",
    "grade",
    "lesson_names",
    "load",
    "load_lesson",
]
_ELSEWHERE = {
    "Check": ".student.check",
    "load": ".student.opening",
    "grade": ".bridges.program",
    "GraderError": ".words.errors",
}


def __getattr__(name: str) -> Any:
    # On first use: the command line's help needs no numpy, and the sandbox must not hold what `check` needs.
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(_ELSEWHERE.get(name, ".course"), __name__), name)
