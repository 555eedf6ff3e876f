"""The benchmarks measure what they say: their classes, their ratios, their floor."""

import json
import math
from importlib import import_module
from types import ModuleType

import pytest

from benchmarks.measuring import Table, in_turns, least, short
from grader.grading.grade import grade


@pytest.fixture
def classes() -> ModuleType:
    # Making notebooks takes a second to import.
    return import_module("benchmarks.classes")


@pytest.fixture
def grading() -> ModuleType:
    return import_module("benchmarks.grading")


def test_a_class_is_right_wrong_and_crashing_in_turn(sandbox, classes, grading):
    right, wrong, crashing = (
        grade(one, grading.ROUND, sandbox) for one in grading.submissions(classes.class_of(grading.LESSON, 3))
    )
    assert right.points == 100
    assert wrong.points < 100
    assert "error" in {exercise.status for exercise in crashing.exercises}


def test_a_hostile_member_is_right_but_for_one_exercise(sandbox, classes, grading):
    [ended] = [one for one in grading.submissions(classes.hostile_class(grading.LESSON)) if one.name.startswith("exit")]
    statuses = [exercise.status for exercise in grade(ended, grading.ROUND, sandbox).exercises]
    assert statuses.count("passed") == len(statuses) - 1


def test_the_floor_calls_what_grading_calls(classes, grading):
    grading.floor(
        grading.submissions(
            {"right": classes.class_of(grading.LESSON, 1)["s00000"], "open": classes.handed_out(grading.LESSON)}
        )[0]
    )


def test_a_ratio_is_the_median_of_the_rounds_ratios():
    table = Table("", "peer", {"peer": [1.0, 2.0, 100.0], "ours": [2.0, 4.0, 100.0]}, {"ours": 3})
    assert table.ratio("ours") == 2
    assert "| ours | 3 | 4 s | 3 s to 52 s | 2 | at most 3 |" in table.markdown()


def test_an_aim_that_is_missed_is_marked_and_one_that_is_met_is_not():
    times = {"peer": [1.0, 1.0], "ours": [2.0, 2.0]}
    assert "at most 1.9, **missed** |" in Table("", "peer", times, {"ours": 1.9}).markdown()
    assert "missed" not in Table("", "peer", times, {"ours": 2.0}).markdown()
    assert [least(1.79, 1.8), least(1.8, 1.8)] == ["at least 1.8, **missed**", "at least 1.8"]


def test_the_page_is_what_the_last_record_says():
    bench = import_module("benchmarks.bench")
    raw = json.loads((bench.RESULTS / "bench.json").read_text(encoding="utf-8"))
    assert bench.PAGE.read_text(encoding="utf-8") == bench.page(raw)


def test_ways_are_measured_in_turns():
    order = []
    found = in_turns({"one": lambda: order.append(1), "two": lambda: order.append(2)}, 2)
    assert order == [1, 2] * 3
    assert {len(times) for times in found.values()} == {2}


@pytest.mark.parametrize(("seconds", "text"), [(65.0, "65 s"), (0.0123, "12.3 ms"), (4.2e-5, "42 µs")])
def test_a_time_has_three_digits_and_a_unit(seconds, text):
    assert short(seconds) == text
    assert math.isfinite(float(short(seconds).split()[0]))
