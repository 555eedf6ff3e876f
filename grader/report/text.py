"""A class at a glance, for a terminal: points, what is not right, and what was misunderstood how often."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..course import ExerciseResult, Lesson, Result, load_lesson
from ..show import short

WIDTH = 100
# A longer class is cut in the table; the counts under it are of all.
MOST_ROWS = 60
_STATUS = {
    "missing": "not defined",
    "not_implemented": "not filled in",
    "error": "raises an error",
    "timeout": "does not end in time",
    "memory": "asks for too much memory",
    "killed": "ends its process",
    "unsupported": "returns something that cannot be checked",
    "grader_fault": "fault of the grader",
}


def render(results: Sequence[Result]) -> str:
    ordered = sorted(results, key=lambda result: (result.lesson, result.student))
    return "\n\n".join(
        "\n".join(_lesson(load_lesson(name) if name else None, list(group)))
        for name, group in groupby(ordered, key=lambda result: result.lesson)
    )


def _lesson(lesson: Lesson | None, results: Sequence[Result]) -> Iterator[str]:
    if lesson is None:
        yield "Not graded"
        yield from _wrapped([f"{result.student}: {result.error}" for result in results])
        return
    mean = sum(result.points for result in results) / len(results)
    yield (
        f"{lesson.name}, round {max(result.round for result in results)}: {len(results)} submissions, on average {mean:.1f} of "
        f"{lesson.max_points} points (isolation: {results[0].isolation})"
    )
    yield ""
    width = min(30, max(len(result.student) for result in results)) + 2
    for result in results[:MOST_ROWS]:
        yield from _row(result, width)
    if len(results) > MOST_ROWS:
        yield f"  ... and {len(results) - MOST_ROWS} more"
    yield from _misunderstood(lesson, results)


def _row(result: Result, width: int) -> Iterator[str]:
    what = result.error or "; ".join(_what_is_wrong(result.exercises)) or "all right"
    head = f"  {result.student:<{width}}{result.points:>4}  "
    yield from textwrap.wrap(what, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))


def _what_is_wrong(exercises: Sequence[ExerciseResult]) -> Iterator[str]:
    """What failed for a reason of its own kind, by reason; then what is wrong in part."""
    for status, said in _STATUS.items():
        names = [exercise.name for exercise in exercises if exercise.status == status]
        if len(names) == len(exercises):
            yield f"{said}: everything"
        elif names:
            yield f"{said}: {', '.join(names)}"
    for exercise in exercises:
        if exercise.status == "failed":
            outputs = [short(output) for output, (points, most) in exercise.outputs.items() if points < most]
            yield f"{exercise.name} {exercise.points}/{exercise.max_points} ({', '.join(outputs) or 'a visible case'})"
    helped = [exercise for exercise in exercises if exercise.status == "passed" and exercise.cascade_from]
    for roots, group in groupby(helped, key=lambda exercise: exercise.cascade_from):
        yield f"right once {' and '.join(roots)} is: {', '.join(exercise.name for exercise in group)}"


def _misunderstood(lesson: Lesson, results: Sequence[Result]) -> Iterator[str]:
    """The misconceptions found, most common first, each with how many submissions show it."""
    found = Counter(
        pair
        for result in results
        for pair in {(e.name, f.misconception) for e in result.exercises for c in e.cases for f in c.findings}
    )
    known = [(n, name, lesson.exercise(name).misconception(id)) for (name, id), n in found.most_common()]
    if any(mistake for *_rest, mistake in known):
        yield ""
        yield "What was misunderstood"
    for n, name, mistake in known:
        if mistake:
            yield f"  {n} x {name}: {mistake.id}"
            yield from _wrapped([mistake.sentence], 6)


def _wrapped(texts: Sequence[str], indent: int = 2) -> Iterator[str]:
    for text in texts:
        yield from textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
