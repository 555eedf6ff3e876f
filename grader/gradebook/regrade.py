"""Grades a gradebook's submissions again after cases, solutions or libraries changed: who would gain, who would lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ..course import ExerciseResult, Result
from ..grading.grade import Submission
from ..words.bar import counting
from .keys import key_of
from .pool import Job, grade_all
from .run import Settings, backend
from .store import Gradebook, Graded


@dataclass(frozen=True)
class PointsChange:
    """The points of one exercise of one student's submission, before and after."""

    student: str
    lesson: str
    exercise: str
    before: int
    after: int


@dataclass
class Regrading:
    """What came of it: how many grades were found anew, and the changes among them."""

    graded: int = 0
    changes: list[PointsChange] = field(default_factory=list)


def regrade(
    book: Gradebook,
    *,
    write: bool,
    never_lower: bool = False,
    settings: Settings,
    progress: bool = False,
) -> Regrading:
    """Grade every kept submission again whose grade was found under other conditions than now, in its own round.

    write         put the new grades in the place of the old ones; else nothing changes
    never_lower   of each exercise, the better result counts
    settings      which lesson, and where the work is done
    """
    done, waiting = Regrading(), dict[str, list[Graded]]()
    count = book.count(settings.lesson)
    with counting(count, "submissions", progress) as bar:
        jobs = _jobs(book, settings.lesson, waiting)
        for job, result in grade_all(jobs, backend(settings, count)):
            several = waiting.pop(job.key)
            if never_lower:
                # What a run that was killed has written counts as well.
                for earlier in filter(None, [book.result(job.key), *(old.result for old in several)]):
                    result = better(earlier, result)
            done.changes += (change for old in several for change in changes(old, result))
            if write:
                book.store(job.key, result, job.digest, job.round, job.submission.cells)
                for old in several:
                    book.move(old.key, job.key)
            done.graded += 1
            bar.one_done()
    return done


def _jobs(book: Gradebook, lesson: str | None, waiting: dict[str, list[Graded]]) -> Iterator[Job]:
    """One job for each file and round; those whose grade is `waiting` for it stand there until it is found."""
    for old in book.graded(lesson):
        key = key_of(old.digest, old.round)
        if key == old.key:
            continue
        known = waiting.setdefault(key, [])
        known.append(old)
        if len(known) == 1:
            yield Job(Submission("", "", old.cells), old.round, key, old.digest)


def better(old: Result, new: Result) -> Result:
    """The new result, with each exercise that earned more before kept as it was."""
    if new.error is not None and old.error is None:
        return old
    before = {one.name: one for one in old.exercises}
    return replace(new, exercises=tuple(_better(before.get(one.name), one) for one in new.exercises))


def _better(old: ExerciseResult | None, new: ExerciseResult) -> ExerciseResult:
    return old if old is not None and old.points > new.points else new


def changes(old: Graded, new: Result) -> Iterator[PointsChange]:
    """What changes for each student who has this grade."""
    before = {one.name: one.points for one in old.result.exercises}
    after = {one.name: one.points for one in new.exercises}
    for name in [*after, *(name for name in before if name not in after)]:
        if before.get(name, 0) != after.get(name, 0):
            for student in old.students:
                yield PointsChange(student, new.lesson, name, before.get(name, 0), after.get(name, 0))


def lines(found: Iterable[PointsChange], written: bool) -> Iterator[str]:
    """The changes by exercise, for people: who gains first, then who loses, most points first."""
    gains, loses = ("gained", "lost") if written else ("would gain", "would lose")
    by_exercise: dict[tuple[str, str], list[PointsChange]] = {}
    for one in found:
        by_exercise.setdefault((one.lesson, one.exercise), []).append(one)
    for (lesson, exercise), several in sorted(by_exercise.items()):
        gain = sum(one.after > one.before for one in several)
        yield f"{lesson}::{exercise}: {gain} {gains}, {len(several) - gain} {loses}"
        for one in sorted(several, key=lambda one: (one.before - one.after, one.student)):
            yield f"  {one.student:<30} {one.before:>3} -> {one.after:<3} ({one.after - one.before:+d})"
