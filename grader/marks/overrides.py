"""overrides.csv: the points that a person gives, and what counts for nobody, with the reasons. Pure but for its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial

from ..course import Lesson, load_lesson
from ..words.numbers import number, rounded
from .lines import TableError, TableLine
from .mark import BONUS, WHOLE, Override, Whose

COLUMNS = ("student", "lesson", "exercise", "points", "reason")
# In place of a student's name and of points: a line that drops an exercise or an output.
EVERYBODY, DROPPED = "*", "dropped"
# No mark is higher: anything above it is a typing slip.
MOST_BONUS = 1000


def by_a_person(
    lines: Iterable[TableLine], by_hand: Mapping[str, float]
) -> tuple[dict[Whose, tuple[Override, ...]], dict[str, str]]:
    """The points by student and lesson, and {"lesson::exercise::output": why it counts for nobody}. Raises TableError.

    by_hand    {"lesson::part": the most} of what is marked by a person alone
    """
    given: dict[Whose, tuple[Override, ...]] = {}
    dropped: dict[str, str] = {}
    for line in lines:
        if line["student"] == EVERYBODY:
            dropped[_dropped(line)] = _reason(line)
            continue
        one, earlier = _override(line, by_hand), given.get(line.whose, ())
        if any(other.exercise == one.exercise for other in earlier):
            apart = f"; several are told apart as `{BONUS}: a` and `{BONUS}: b`" if one.kind == BONUS else ""
            raise line.error(f"{one.exercise} of {one.student} stands above already: leave one of the two{apart}")
        given[line.whose] = (*earlier, one)
    return given, dropped


def _dropped(line: TableLine) -> str:
    lesson = load_lesson(line["lesson"])
    name, _colons, output = line["exercise"].partition("::")
    if line["points"].lower() != DROPPED:
        raise line.error(f"a line for everybody drops an exercise or an output: write {DROPPED} for the points")
    _known(line, lesson, name, [one.name for one in lesson.exercises])
    outputs = lesson.exercise(name).points
    if output and output not in outputs:
        raise line.error(f"{name} has no output {output!r}; it has {', '.join(outputs)}")
    return f"{lesson.name}::{line['exercise']}"


def _override(line: TableLine, by_hand: Mapping[str, float]) -> Override:
    lesson, name = load_lesson(line["lesson"]), line["exercise"]
    exercises = {one.name: one.max_points for one in lesson.exercises}
    parts = {key.split("::", 1)[1]: most for key, most in by_hand.items() if key.split("::", 1)[0] == lesson.name}
    made = partial(Override, *line.whose, name)
    if name in exercises:
        return made(_points(line, 0, exercises[name]), _reason(line))
    if name in parts:
        return made(_points(line, 0, parts[name]), _reason(line), "part")
    if name.partition(":")[0].strip() == BONUS:
        return made(_points(line, -MOST_BONUS, MOST_BONUS), _reason(line), "bonus")
    if name == WHOLE:
        return made(_points(line, 0, sum(exercises.values()) + sum(parts.values())), _reason(line), "whole")
    raise _unknown(line, lesson, name, [*exercises, *parts])


def _points(line: TableLine, least: float, most: float) -> float:
    # Where the comma stands in numbers, a spreadsheet writes it here too.
    written = line["points"].replace(",", ".").replace("\u2212", "-")
    if written.lower() == DROPPED:
        raise line.error(f"what is dropped is dropped for everybody: write {EVERYBODY} for the student")
    if not re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,2})?", written) or not least <= float(written) <= most:
        expected = f"a number from {number(least)} to {number(most)}, with at most two decimals"
        raise line.error(f"the points are {line['points']!r}; write {expected}")
    return rounded(float(written))


def _reason(line: TableLine) -> str:
    if not line["reason"]:
        raise line.error("there is no reason; write one: it stands beside the points in the reports")
    return line["reason"]


def _known(line: TableLine, lesson: Lesson, name: str, names: list[str]) -> None:
    if name not in names:
        raise _unknown(line, lesson, name, names)


def _unknown(line: TableLine, lesson: Lesson, name: str, names: list[str]) -> TableError:
    return line.error(
        f"{lesson.name} has no exercise {name!r}; it has {', '.join(names)}. For the whole submission write {BONUS} "
        f"(it is added, or taken away with a minus) or {WHOLE} (in place of all other points); a part that you mark by hand "
        "stands under [by_hand] in course.toml"
    )
