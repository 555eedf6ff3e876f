"""The class at a glance in a terminal: columns that stand under each other, and what is the same for many said once."""

from dataclasses import replace

import pytest

from graded import LESSON, mark, result
from grader import load_lesson
from grader.course import Finding
from grader.course.policy import Penalty, Policy, Schedule
from grader.marks import Entry, Rules, mark_of
from grader.report import text
from grader.words.columns import width
from grader.words.times import time_by_hand

DUE = Schedule(time_by_hand("2026-10-31 23:59"))


def late(student, **penalty):
    rules = Rules(Policy(penalty=Penalty(**penalty), lessons={LESSON.name: DUE}))
    return mark_of(Entry(result(student), late=True), rules)


def test_what_asks_for_a_look_for_one_reason_is_said_once():
    said = text.render([late("ann"), late("ben"), mark_of(Entry(result("cyd")), Rules())])
    assert "ann, ben: the platform marked it late" in said
    assert said.count("late_without_time") == 1


@pytest.mark.parametrize(("penalty", "without"), [({}, 2), ({"late_without_time": 20}, 1)])
def test_who_has_no_penalty_for_want_of_a_time_is_counted_without_those_who_have_one(penalty, without):
    timely = mark_of(Entry(result("cyd")), Rules(Policy(lessons={LESSON.name: DUE})))
    said = text.render([late("ann", **penalty), timely])
    assert f"The time of handing in is not known for {without} of 2 submissions" in said


def test_mistakes_that_are_as_common_stand_in_the_order_of_the_lesson():
    exercises = [one for one in LESSON.exercises if one.misconceptions]
    causes = {one.name: Finding("values", None, "", one.misconceptions[-1].id) for one in exercises}
    for order in (causes, dict(reversed(causes.items()))):
        said = text.render([mark(result("ann", {name: (cause,) for name, cause in order.items()}))])
        listed = [line.split()[2].rstrip(":") for line in said.splitlines() if line.startswith("  1 x ")]
        assert listed == list(causes)


def test_columns_stand_under_each_other_whatever_letters_a_name_has():
    names = ["王小明", "Ann", "鈴木 花子"]
    lines = text.render(mark_of(Entry(result(name)), Rules()) for name in names).splitlines()
    ends = {width(line[: line.index("100")]) for line in lines if line.strip().startswith(tuple(names))}
    assert len(ends) == 1


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("name", ["n" * 120, "Maximiliane von Hohenberg-Sonnenfeld", "李" * 70, "Ann"])
def test_no_name_squeezes_the_table(name, columns):
    wrong = {one.name: (Finding("not_implemented", None, ""),) for one in LESSON.exercises[1:]}
    said = text.render([mark(result(name, wrong)), mark(result("bo", wrong))], columns=columns)
    lines = said.splitlines()
    assert max(map(width, lines)) <= columns
    of_table = [line for line in lines[2:] if line.strip(" n李")]
    where = {width(line) - width(line.lstrip()) for line in of_table if line.startswith(" " * 10)}
    # What is said has most of the line, whatever the names are.
    assert max(where, default=0) <= columns / 2
    assert name in "".join(line.strip() for line in lines) or name in said


def test_a_name_as_long_as_a_page_leaves_room_for_what_is_said():
    graded = replace(result("n" * 300, {}), error="it is not complete JSON")
    assert "it is not complete JSON" in text.render([mark_of(Entry(graded), Rules())])


DEEP = load_lesson("deep_net")
EXTRAS = {one.name: (Finding("not_implemented", None, ""),) for one in DEEP.exercises if not one.max_points}


def row_of(student, wrong):
    said = text.render([mark(result(student, wrong, lesson=DEEP))])
    return " ".join(said[said.index(student) :].split())


def test_who_has_all_points_is_all_right_whatever_extras_were_left():
    assert EXTRAS
    assert row_of("ann", EXTRAS).startswith("ann 100 all right")


def test_what_has_no_points_stands_after_what_has_some():
    core = next(one.name for one in DEEP.exercises if one.max_points)
    row = row_of("bo", {**EXTRAS, core: (Finding("raised", None, "no"),)})
    assert f"raises an error: {core}; without points, not filled in: {next(iter(EXTRAS))}" in row
    wrong = row_of("cy", {next(iter(EXTRAS)): (Finding("raised", None, "no"),)})
    assert f"cy 100 without points, raises an error: {next(iter(EXTRAS))}" in wrong
