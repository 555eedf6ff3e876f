"""The page of one student: what was handed in and what was found, for the student, or with all of it for the instructor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..course import Exercise, ExerciseResult, load_lesson
from ..marks import Aside, Mark
from ..running.uses import none_defined
from ..show import amount, arithmetic, of_notebook
from ..words import _, joined, spoken
from ..words.numbers import number
from .beside import beside
from .classroom import standing_of
from .page import STATE_NAMES, STUDENTS, Pages, file_name, lesson_number, page
from .recurring import recurring
from .shown import shown, shown_rows


def student_page(marks: Sequence[Mark], pages: Pages, *, private: bool = False) -> str:
    """All that one student handed in, with what may be shown of it; where it is `private`, with everything."""
    lessons: list[dict[str, Any]] = []
    for place, mark in enumerate(marks, 1):
        # Pages lead to a lesson by its name.
        first = mark.result.lesson and all(one["id"] != mark.result.lesson for one in lessons)
        id = mark.result.lesson if first else f"part-{place}"
        with of_notebook(has_check=mark.asked.exercises is None):
            seen = shown(mark, private or pages.closed(mark.result.lesson))
            one = _lesson(id, seen, _in_place_of(mark) if private else [])
            lessons.append(one | beside(id, seen.result, one["parts"], pages.code(mark)) if private else one)
    student = marks[0].result.student
    return page(
        "student", pages, student=student, lessons=lessons, to_send=private and f"../{STUDENTS}/{file_name(student)}"
    )


def _lesson(id: str, mark: Mark, others: Sequence[str]) -> dict[str, Any]:
    lesson = load_lesson(mark.result.lesson) if mark.result.lesson else None
    return {
        "id": id,
        "title": f"{lesson_number(lesson)} {_(lesson.title)}" if lesson else _("A file of no known lesson"),
        "file": mark.result.submission,
        "total": _("{points} of {most} points").format(points=number(mark.final), most=number(mark.most)),
        "notes": [*_notes(mark), *others],
        "error": spoken(mark.result.error or ""),
        "by_hand": _by_a_person(mark),
        "recurring": recurring(lesson, mark.result) if lesson else [],
        "parts": [_part(id, lesson.exercise(one.name), one, mark) for one in mark.result.exercises] if lesson else [],
        "asides": [_aside(lesson.exercise(one.part.name), one) for one in mark.aside] if lesson else (),
    }


def _aside(exercise: Exercise, aside: Aside) -> dict[str, Any]:
    rows = shown_rows(exercise, aside.part)
    if len(aside.part.outputs) < len(exercise.points):
        # Of a part of an exercise, "everything" would be too much.
        rows = [replace(row, whole=False) for row in rows]
    return {"name": exercise.name, "why": aside.why, "rows": rows}


def _in_place_of(mark: Mark) -> list[str]:
    """For the instructor: the student's files that do not count."""
    return [
        f"Another file does not count: {one.submission} ({one.error or f'{one.points} points'})"
        for one in mark.replaced
    ]


def _by_a_person(mark: Mark) -> list[tuple[str, str, str]]:
    """(name, points, reason) of what a person gave beside the exercises."""
    rows = [
        (part.name, f"{number(part.given.points)} / {number(part.most)}", part.given.reason)
        if part.given
        else (part.name, f"– / {number(part.most)}", _("not marked yet"))
        for part in mark.parts
    ]
    rows += [(one.exercise, f"{'+' * (one.points > 0)}{number(one.points)}", one.reason) for one in mark.bonuses]
    if mark.whole:
        rows.append((_("the whole submission"), number(mark.whole.points), mark.whole.reason))
    return rows


def _notes(mark: Mark) -> list[str]:
    said = _("{points} points, less {penalty} for lateness").format(
        points=number(mark.points), penalty=number(mark.penalty)
    )
    known = mark.known
    asked = _("{points} of {most} points in what this class was probably asked for").format(
        points=number(known.points), most=number(known.most)
    )
    instead = none_defined(mark.result.defines)
    notes = ((instead, instead), (mark.as_asked, asked), (mark.penalty, said), (mark.timing, mark.timing))
    return [note for applies, note in notes if applies]


def _part(id: str, exercise: Exercise, result: ExerciseResult, mark: Mark) -> dict[str, Any]:
    set_to = mark.override(exercise.name)
    points = set_to.points if set_to else result.points
    where = standing_of(result)
    stands = [STATE_NAMES["right" if where == "helped" else where]()]
    if result.cascade_from:
        roots = ", ".join(f"`{name}`" for name in result.cascade_from)
        stands.append(_("graded with a right {roots} in place of yours").format(roots=roots))
    if set_to:
        stands.append(_("your teacher set these points: {reason}").format(reason=set_to.reason))
    return {
        "id": f"{id}-{exercise.name}",
        "name": exercise.name,
        "points": amount(exercise, points, result.max_points),
        "state": where,
        "sum": arithmetic(result),
        "stands": stands,
        # What is right, or not begun, is said in the overview.
        "rows": [] if result.status in ("passed", "not_implemented") else shown_rows(exercise, result),
        "findings": _findings(result),
        # For an instructor it is `beside`.
        "code": None,
        "places": [],
    }


def _findings(result: ExerciseResult) -> list[str]:
    """What was seen in each case that is not right, where it says more than the table."""
    named = {True: _('case "{case}": {message}'), False: _('hidden case "{case}": {message}')}
    return [
        named[case.visible].format(case=_(case.name), message=joined([finding.output or "", finding.message], ": "))
        for case in result.cases
        for finding in case.findings
        if finding.message
    ]
