"""The marks of a class -> what its pages show: points, where people stand and what several have in common. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, inf
from statistics import fmean, median

from ..course import Exercise, ExerciseResult, Finding, Lesson, Result, load_lesson
from ..judging.quantity_words import without_line
from ..marks import Mark, asked_in_words
from ..show import explanation, headline, title
from .doubts import Doubt, doubts

# Where a student stands with an exercise, best first.
OPEN = ("missing", "not_implemented")
STATES = ("right", "helped", "partly", "wrong", "open")


@dataclass(frozen=True)
class Bar:
    """How many submissions have points from `low` to `high`."""

    low: int
    high: int
    count: int


@dataclass(frozen=True)
class Standing:
    """Where a class stands with one exercise: {state: submissions}, and the share of its points earned on average.

    `stuck` are the students for whom it is the first exercise that is not right for a reason of its own.
    """

    exercise: Exercise
    counts: Counter[str]
    share: float
    stuck: tuple[str, ...]

    @property
    def right(self) -> int:
        return self.counts["right"] + self.counts["helped"]


@dataclass(frozen=True)
class Common:
    """What several submissions have in common: the exercise, what is the matter, and the sentence its students read.

    cause   the id of a known mistake or relation; else the kind of the finding
    """

    exercise: str
    cause: str
    title: str
    description: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class Class:
    """One lesson's marks, with all that its pages show.

    The figures are of what the class is known to have been asked for; `exercises` are all that count.
    """

    lesson: Lesson
    marks: tuple[Mark, ...]
    exercises: tuple[Exercise, ...]
    points: tuple[Bar, ...]
    standings: tuple[Standing, ...]
    misunderstood: tuple[Common, ...]
    otherwise: tuple[Common, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def about(self) -> str:
        """What a class from elsewhere is marked for; '' for one of the course's own."""
        return asked_in_words(self.lesson, self.marks[0].asked) if self.marks else ""

    @property
    def max_points(self) -> float:
        return _most(self.lesson, [mark.known for mark in self.marks])

    @property
    def whole_points(self) -> float:
        """The points of all that counts: more than `max_points` while it is not decided what the class was asked for."""
        return _most(self.lesson, self.marks)

    @property
    def undecided(self) -> bool:
        """Whether beside each mark stands what it would be in what the class was asked for."""
        return any(mark.as_asked for mark in self.marks)

    @property
    def hardest(self) -> list[Standing]:
        """The exercises, those with the smallest share of their points earned first; then warm-ups, extra ones last."""
        return sorted(self.standings, key=lambda one: (one.exercise.is_extra, not one.exercise.max_points, one.share))

    @property
    def graded(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.result.error is None)

    @property
    def mean(self) -> float:
        """The points after penalties, of those graded."""
        return fmean(_finals([mark.known for mark in self.marks]) or [0.0])

    @property
    def median(self) -> float:
        return median(_finals([mark.known for mark in self.marks]) or [0.0])

    @property
    def whole_mean(self) -> float:
        return fmean(_finals(self.marks) or [0.0])

    @property
    def look(self) -> tuple[Mark, ...]:
        """The submissions that the instructor should look at."""
        return tuple(mark for mark in self.marks if mark.look)

    @property
    def waits(self) -> dict[str, tuple[str, ...]]:
        """{part that is marked by hand: the students who wait for its points}."""
        parts = dict.fromkeys(part for mark in self.marks for part in mark.waits)
        return {part: tuple(mark.result.student for mark in self.marks if part in mark.waits) for part in parts}

    @property
    def late(self) -> bool:
        """Whether somebody's lateness costs points."""
        return any(mark.penalty for mark in self.marks)

    @property
    def same_files(self) -> tuple[tuple[str, ...], ...]:
        """The students who handed in one and the same file, a group for each file."""
        return tuple(sorted({tuple(sorted((m.result.student, *m.same_file))) for m in self.marks if m.same_file}))

    @property
    def rounds(self) -> tuple[int, ...]:
        return tuple(sorted({mark.result.round for mark in self.graded}))


def classes(marks: Iterable[Mark]) -> list[Class]:
    """A class for each lesson, in the order of the course; what is of no lesson is left out."""
    known = [mark for mark in marks if mark.result.lesson]
    ordered = sorted(known, key=lambda mark: (mark.result.lesson, mark.result.student, mark.result.submission))
    found = [
        class_of(load_lesson(name), tuple(group))
        for name, group in groupby(ordered, key=lambda mark: mark.result.lesson)
    ]
    return sorted(found, key=lambda one: one.lesson.number)


def class_of(lesson: Lesson, marks: tuple[Mark, ...]) -> Class:
    known = [mark.known for mark in marks]
    results = [mark.result for mark in known if mark.result.error is None]
    return Class(
        lesson,
        marks,
        tuple(_counting(lesson, [mark.result for mark in marks])),
        distribution(_finals(known), ceil(_most(lesson, known))),
        tuple(_standing(exercise, results) for exercise in _counting(lesson, results)),
        tuple(misconceptions(lesson, results)),
        tuple(differences(lesson, results)),
        doubts(lesson, results),
    )


def _finals(marks: Iterable[Mark]) -> list[float]:
    return [mark.final for mark in marks if mark.is_graded]


def _most(lesson: Lesson, marks: Sequence[Mark]) -> float:
    return marks[0].most if marks else lesson.max_points


def _counting(lesson: Lesson, results: Sequence[Result]) -> list[Exercise]:
    """The exercises that count in this class."""
    there = {one.name for result in results for one in result.exercises}
    return [exercise for exercise in lesson.exercises if exercise.name in there or not there]


def distribution(points: Sequence[float], most: int) -> tuple[Bar, ...]:
    """Ten bars of equal width, and one for all points."""
    step = max(1, -(-most // 10))
    lows = [*range(0, most, step), most]
    highs = [*(low - 1 for low in lows[1:]), most]
    return tuple(
        # With a bonus, somebody may have more than all points.
        Bar(low, high, sum(low <= one < (high + 1 if low < most else inf) for one in points))
        for low, high in zip(lows, highs, strict=True)
    )


def standing_of(result: ExerciseResult) -> str:
    """right, helped (right once an earlier exercise is), partly, wrong or open."""
    if result.status == "passed":
        return "helped" if result.cascade_from else "right"
    if result.status in OPEN:
        return "open"
    return "partly" if result.points else "wrong"


def _standing(exercise: Exercise, results: Sequence[Result]) -> Standing:
    own = [one for result in results for one in result.exercises if one.name == exercise.name]
    earned = [one.points / one.max_points for one in own if one.max_points]
    stuck = tuple(result.student for result in results if _first_not_right(result) == exercise.name)
    return Standing(exercise, Counter(map(standing_of, own)), fmean(earned) if earned else 0.0, stuck)


def _first_not_right(result: Result) -> str | None:
    """The first exercise with points that is not right, once the earlier ones are."""
    return next((one.name for one in result.exercises if one.status != "passed" and one.max_points), None)


def misconceptions(lesson: Lesson, results: Iterable[Result]) -> list[Common]:
    """The known causes, the most common first."""
    return [_common(lesson, *one) for one in _shared(results, _cause)]


def _cause(finding: Finding) -> str | None:
    return without_line(finding.misconception) if finding.misconception else None


def differences(lesson: Lesson, results: Iterable[Result]) -> list[Common]:
    """What was tried and is not right without a known cause, by the kind of the finding, the most common first."""
    return [_common(lesson, *one) for one in _shared(results, _kind)]


def _kind(finding: Finding) -> str | None:
    return None if finding.misconception or finding.kind in OPEN else finding.kind


def _shared(
    results: Iterable[Result], of: Callable[[Finding], str | None]
) -> Iterator[tuple[Finding, str, str, list[str]]]:
    """(a finding, exercise, cause, students) for every cause, the most common first."""
    students: defaultdict[tuple[str, str], dict[str, Finding]] = defaultdict(dict)
    for result in results:
        for exercise in result.exercises:
            for finding in (finding for case in exercise.cases for finding in case.findings):
                if cause := of(finding):
                    students[exercise.name, cause].setdefault(result.student, finding)
    for (name, cause), found in sorted(students.items(), key=lambda item: -len(item[1])):
        yield next(iter(found.values())), name, cause, list(found)


def _common(lesson: Lesson, finding: Finding, name: str, cause: str, students: Sequence[str]) -> Common:
    exercise = lesson.exercise(name)
    called = title(cause) if finding.misconception else headline(finding.kind)
    return Common(name, cause, called, explanation(exercise, finding), tuple(students))
