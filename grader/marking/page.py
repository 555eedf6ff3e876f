"""One student's submission as HTML, with fields for points; and what is dropped for everybody. In English, for the instructor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..course import Exercise, ExerciseResult, load_lesson
from ..marks import WHOLE, Mark
from ..report.beside import beside
from ..report.classroom import standing_of
from ..report.page import MARKS, STATE_NAMES
from ..report.shown import shown_rows
from ..running.notebook import Cell
from ..show import arithmetic, template
from ..words import harmless, spoken
from ..words.language import ENGLISH, speaking
from ..words.numbers import number
from .desk import droppable, next_bonus


@dataclass(frozen=True)
class Field:
    """Where points are typed: for what, of how many, what stands there now, and what the grader gave."""

    exercise: str
    label: str
    points: str = ""
    reason: str = ""
    of: str = ""
    by_grader: str = ""


@speaking(ENGLISH)
def shell() -> str:
    """The page without anything of a class: it asks for that with the token."""
    return template("mark/page.html").render()


@speaking(ENGLISH)
def student_page(mark: Mark, cells: Sequence[Cell], words: Sequence[Cell] | None = None) -> str:
    """What one student handed in, what was found, and the fields for points.

    words    the text cells that the student wrote; None where they are not known
    """
    lesson = load_lesson(mark.result.lesson)
    result = mark.result.in_full()
    parts = [_part(mark, lesson.exercise(one.name), one) for one in result.exercises]
    shown = beside("x", result, parts, cells)
    return _rendered(
        "student",
        mark=mark,
        lesson=lesson,
        error=spoken(mark.result.error or ""),
        words=words,
        exercises=shown["parts"],
        back=shown["back"],
        others=shown["others"],
        by_hand=[_field(mark, part.name, number(part.most)) for part in mark.parts],
        beside=_beside(mark),
        # Of a file that could not be graded there is no exercise to set points for.
        unread=[]
        if result.exercises
        else [_field(mark, one.name, number(one.max_points)) for one in lesson.exercises if one.max_points],
        sum=f"{number(mark.final)} of {number(mark.most)}",
    )


@speaking(ENGLISH)
def everybody_page(lessons: Sequence[str], dropped: Mapping[str, str]) -> str:
    """What counts for nobody, and what else could."""
    return _rendered("everybody", choices=[name for lesson in lessons for name in droppable(lesson)], dropped=dropped)


def _part(mark: Mark, exercise: Exercise, result: ExerciseResult) -> dict[str, Any]:
    where = standing_of(result)
    return {
        "id": f"x-{exercise.name}",
        "name": exercise.name,
        "state": where,
        "right": result.status == "passed",
        "sum": arithmetic(result) if exercise.max_points else "",
        "rows": shown_rows(exercise, result),
        "field": _field(mark, exercise.name, number(result.max_points), number(result.points))
        if result.max_points
        else None,
    }


def _beside(mark: Mark) -> list[Field]:
    """The bonuses and one more, and the whole."""
    bonuses = [one.exercise for one in mark.bonuses] + [next_bonus(mark)]
    return [
        *(_field(mark, name, "", "0", f"{name}: points to add, or with a minus to take away") for name in bonuses),
        _field(mark, WHOLE, number(mark.most), "", "the whole submission, in place of all other points"),
    ]


def _field(mark: Mark, exercise: str, of: str, by_grader: str = "", label: str = "") -> Field:
    given = next((one for one in mark.by_a_person if one.exercise == exercise), None)
    points, reason = (number(given.points), given.reason) if given else ("", "")
    return Field(exercise, label or exercise, points, reason, of, by_grader)


def _rendered(name: str, **values: Any) -> str:
    states = {one: said() for one, said in STATE_NAMES.items()}
    return harmless(template(f"mark/{name}.html").render(marks=MARKS, states=states, **values))
