"""Results that are remembered: the same answers come to the same result, and to nothing of an earlier submission."""

from dataclasses import replace

import pytest

from grader.course import Outcome, load_lesson
from grader.grading import remembered as module
from grader.grading.remembered import Remembered
from grader.judging.points import Played
from grader.judging.reasons import by_values
from grader.judging.references import read_references

LESSON = load_lesson("gradient_checking")
EXERCISE = LESSON.exercise("forward_propagation")
REFERENCES = read_references(LESSON, EXERCISE)


def answered(digest: bytes, change: float = 0.0) -> list[Played]:
    """Every case answered with its reference values, all changed by as much."""
    values = [tuple(value + change for value in one.expected.values()) for one in REFERENCES]
    return [
        Played(one, Outcome(value if len(value) > 1 else value[0], digest=digest))
        for one, value in zip(REFERENCES, values, strict=True)
    ]


@pytest.fixture
def judged(monkeypatch):
    """How often answers were judged."""
    calls = []
    monkeypatch.setattr(module, "by_values", lambda *asked: calls.append(asked) or by_values(*asked))
    return calls


def test_the_same_answers_are_judged_once(judged):
    known = Remembered()
    results = [known.result(EXERCISE, answered(b"right")) for _submission in range(3)]
    assert results == [by_values(EXERCISE, answered(b"right"))] * 3
    assert len(judged) == 1


def test_other_answers_are_judged_anew(judged):
    known = Remembered()
    right, wrong = known.result(EXERCISE, answered(b"right")), known.result(EXERCISE, answered(b"wrong", 1.0))
    assert (right.status, wrong.status) == ("passed", "failed")
    assert len(judged) == 2


def test_hidden_and_visible_cases_are_told_apart():
    known = Remembered()
    hidden = [replace(one, visible=False) for one in answered(b"right")]
    assert {case.visible for case in known.result(EXERCISE, answered(b"right")).cases} == {True}
    assert {case.visible for case in known.result(EXERCISE, hidden).cases} == {False}


def test_what_came_from_no_sandbox_is_judged_each_time(judged):
    known = Remembered()
    for _submission in range(2):
        known.result(EXERCISE, answered(b""))
    assert len(judged) == 2


def test_only_so_many_results_are_held():
    known = Remembered(most=3)
    for number in range(10):
        known.result(EXERCISE, answered(bytes([number + 1])))
    assert len(known) == 3
