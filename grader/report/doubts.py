"""What nobody in a class gets right: more likely a fault of the case than of everybody. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..course import ExerciseResult, Lesson, Result
from ..marks import ENOUGH
from ..show.table import named

_NOT_TRIED = ("missing", "not_implemented")


@dataclass(frozen=True)
class Doubt:
    """An output that nobody who tried has right, and the cases that nobody passes."""

    lesson: str
    exercise: str
    output: str
    tried: int
    cases: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        where = f" (nobody passes {' or '.join(map(repr, self.cases))})" if self.cases else ""
        return (
            f"{self.exercise}: nobody of {self.tried} who tried has `{named(self.output)}` right{where}. A case that "
            "nobody passes is more often wrong itself than everybody is: look at it before you use these marks."
        )

    @property
    def line(self) -> str:
        """What an instructor writes under [dropped] in course.toml, so that it counts for nobody."""
        return f"'{self.lesson}::{self.exercise}::{self.output}' = \"the reason\""


@dataclass
class Attempts:
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
            for output in exercise.points if 2 * tried >= self.graded else ():
                cases = self._failed_by_all(exercise.name, output)
                if self._is_judged(exercise.name, output) and not self.right[exercise.name, output]:
                    yield Doubt(self.lesson.name, exercise.name, output, tried, cases)

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
    attempts = Attempts(lesson)
    for result in results:
        attempts.add(result)
    return tuple(attempts.doubts())
