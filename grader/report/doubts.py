"""Cases that nobody in a class gets right: probably faulty cases. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..course import ExerciseResult, Lesson, Result
from ..marks import ENOUGH
from ..show.table import named

# Said once, after the doubts.
ADVICE = (
    "When nobody passes a case, the case is more likely wrong than the whole class: look at it before you use these marks. "
    "To leave it out for everybody, write a line with the reason under [dropped] in course.toml:"
)
_NOT_TRIED = ("missing", "not_implemented")


@dataclass(frozen=True)
class Doubt:
    """Outputs of an exercise that nobody who tried has right, and the cases that nobody passes."""

    lesson: str
    exercise: str
    outputs: tuple[str, ...]
    tried: int
    cases: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        outputs = ", ".join(f"`{named(output)}`" for output in self.outputs)
        cases = " or ".join(f'"{case}"' for case in self.cases)
        where = f", nobody passes the case {cases}" if cases else ""
        return f"{self.exercise}: nobody of {self.tried} who tried has {outputs} right{where}."

    @property
    def lines(self) -> list[str]:
        """What an instructor writes under [dropped] in course.toml, so that it counts for nobody."""
        return [f"'{self.lesson}::{self.exercise}::{output}' = \"the reason\"" for output in self.outputs]


@dataclass
class AttemptCounts:
    """Counts who tried and who is right, result by result."""

    lesson: Lesson
    graded: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        self.graded += result.error is None
        for one in result.exercises:
            if one.status not in _NOT_TRIED:
                self._add(one)

    def _add(self, one: ExerciseResult) -> None:
        self.tried[one.name] += 1
        failed = {case.name for case in one.cases if case.findings}
        self.right.update((one.name, output) for output in one.outputs if _is_right(one, output))
        self.passed.update((one.name, name) for name in {case.name for case in one.cases} - failed)
        self.cases.setdefault(one.name, {}).update({case.name: frozenset(case.outputs) for case in one.cases})

    def doubts(self) -> Iterator[Doubt]:
        """What nobody has right, of what at least half of a class that is large enough has tried."""
        for exercise in self.lesson.exercises if self.graded >= ENOUGH else ():
            tried = self.tried[exercise.name]
            by_cases: dict[tuple[str, ...], list[str]] = {}
            for output in exercise.points if 2 * tried >= self.graded else ():
                if self._is_judged(exercise.name, output) and not self.right[exercise.name, output]:
                    by_cases.setdefault(self._failed_by_all(exercise.name, output), []).append(output)
            for cases, outputs in by_cases.items():
                yield Doubt(self.lesson.name, exercise.name, tuple(outputs), tried, cases)

    def _is_judged(self, exercise: str, output: str) -> bool:
        return any(output in outputs for outputs in self.cases.get(exercise, {}).values())

    def _failed_by_all(self, exercise: str, output: str) -> tuple[str, ...]:
        cases = self.cases.get(exercise, {})
        return tuple(name for name in cases if output in cases[name] and not self.passed[exercise, name])


def _is_right(one: ExerciseResult, output: str) -> bool:
    """Where an output has no points, its cases say."""
    points, most = one.outputs[output]
    return points == most if most else not any(case.finding(output) for case in one.cases)


def doubts(lesson: Lesson, results: Iterable[Result]) -> tuple[Doubt, ...]:
    attempts = AttemptCounts(lesson)
    for result in results:
        attempts.add(result)
    return tuple(attempts.doubts())
