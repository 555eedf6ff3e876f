"""The nouns of a course, each a frozen value; the course that is used, and its lessons."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .nouns import (
    RAISED,
    TOGETHER,
    Case,
    Exercise,
    Given,
    Lesson,
    Library,
    Misconception,
    Pace,
    Quantity,
    Reference,
    Seeded,
    array,
    case,
    exercise,
    split_output,
)
from .results import (
    STATUSES,
    CallProblem,
    CaseResult,
    ExerciseResult,
    ExerciseStatus,
    Finding,
    FindingKind,
    GradedStatus,
    Outcome,
    OutputFault,
    Play,
    Result,
    Unsupported,
)

if TYPE_CHECKING:
    from .courses import Course, CourseError, UnknownLesson, current, lesson_names, load_lesson

__all__ = [
    "RAISED",
    "STATUSES",
    "TOGETHER",
    "CallProblem",
    "Case",
    "CaseResult",
    "Course",
    "CourseError",
    "Exercise",
    "ExerciseResult",
    "ExerciseStatus",
    "Finding",
    "FindingKind",
    "Given",
    "GradedStatus",
    "Lesson",
    "Library",
    "Misconception",
    "Outcome",
    "OutputFault",
    "Pace",
    "Play",
    "Quantity",
    "Reference",
    "Result",
    "Seeded",
    "UnknownLesson",
    "Unsupported",
    "array",
    "case",
    "current",
    "exercise",
    "lesson_names",
    "load_lesson",
    "split_output",
]


def __getattr__(name: str) -> Any:
    # Not before it is used: where student code runs, there is no course and nothing reads a pack.
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(".courses", __name__), name)
