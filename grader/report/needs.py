"""One lesson's class -> who needs help, and which exercises tell people apart. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from ..course import Exercise, ExerciseResult
from ..marks import Mark
from .classroom import OPEN, Class, Common

# Upper and lower third tell nothing of fewer.
ENOUGH = 6


@dataclass(frozen=True)
class Need:
    """What somebody lost and where.

    lost         points, before lateness; all of them where the file could not be graded, and `error` says why
    open         the exercises that were not begun
    wrong        those that are not right for a reason of their own
    unexplained  those of them for which no reason is known: here a person has to look
    """

    student: str
    lost: float
    open: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Separation:
    """What one exercise cost, and whether it tells strong and weak submissions apart.

    lost            points of all together; `losing` are the submissions that lost some
    reason, alike   the most common reason, and how many lost points for it; None and 0 where there is none
    upper, lower    the share of its points that the third with most points and that with fewest earned; None of a small class
    """

    exercise: Exercise
    lost: float
    losing: int
    reason: Common | None
    alike: int
    upper: float | None
    lower: float | None


def needs(one: Class) -> list[Need]:
    """Everybody who lost points, those who lost most first; who lost as many and has less of a reason comes before."""
    found = [_need(mark.known) for mark in one.marks if not mark.is_open]
    wanting = [need for need in found if need.lost > 0]
    return sorted(wanting, key=lambda need: (-need.lost, -len(need.unexplained), need.student))


def _need(mark: Mark) -> Need:
    student, result = mark.result.student, mark.result
    if not mark.is_graded:
        return Need(student, mark.most, error=str(result.error))
    scored = [exercise for exercise in result.exercises if exercise.max_points]
    return Need(
        student,
        max(0, mark.most - mark.points),
        tuple(exercise.name for exercise in scored if exercise.status in OPEN),
        tuple(exercise.name for exercise in scored if _is_wrong(exercise)),
        tuple(exercise.name for exercise in scored if _is_wrong(exercise) and not _is_explained(exercise)),
    )


def _is_wrong(exercise: ExerciseResult) -> bool:
    return exercise.status not in ("passed", *OPEN)


def _is_explained(exercise: ExerciseResult) -> bool:
    """Whether it is known why: a cause, or an exception or a limit, which says it itself."""
    return exercise.status != "failed" or any(f.misconception for case in exercise.cases for f in case.findings)


def separations(one: Class) -> list[Separation]:
    """The exercises with points, those that cost most first."""
    graded = sorted((mark.known for mark in one.graded), key=lambda mark: -mark.points)
    third = len(graded) // 3 if len(graded) >= ENOUGH else 0
    found = [
        _separation(standing.exercise, graded, third, (*one.misunderstood, *one.otherwise))
        for standing in one.standings
        if standing.exercise.max_points
    ]
    return sorted(found, key=lambda separation: -separation.lost)


def _separation(exercise: Exercise, ranked: Sequence[Mark], third: int, every: Iterable[Common]) -> Separation:
    shares = list(_earned(exercise, ranked))
    losing = {mark.result.student for mark, share in zip(ranked, shares, strict=True) if share < 1}
    reasons = [
        (len(losing.intersection(common.students)), common) for common in every if common.exercise == exercise.name
    ]
    alike, reason = max(reasons, key=lambda found: found[0], default=(0, None))
    return Separation(
        exercise,
        sum(exercise.max_points * (1 - share) for share in shares),
        len(losing),
        reason if alike else None,
        alike,
        fmean(shares[:third]) if third else None,
        fmean(shares[-third:]) if third else None,
    )


def _earned(exercise: Exercise, marks: Iterable[Mark]) -> Iterator[float]:
    """The share of an exercise's points that each mark has, with what the instructor set."""
    for mark in marks:
        graded = next((one for one in mark.result.exercises if one.name == exercise.name), None)
        override = mark.override(exercise.name)
        points = override.points if override else graded.points if graded else 0
        most = graded.max_points if graded else exercise.max_points
        yield min(1.0, points / most) if most else 1.0
