"""One thing says why something is wrong beyond its values, and `check` and `grade` both ask it."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader import load_lesson
from grader.course import Outcome
from grader.judging.points import Played, judged
from grader.judging.reasons import Subject, explained, with_reasons
from grader.judging.references import read_references
from grader.running.watching import Watched

ENGINE = Path(grader.__file__).parent
SOURCES = ["causes", "first_differences", "slips_in", "with_cause", "uncontradicted"]


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_of_reasons_is_asked_in_one_place(source):
    asked = {
        file.relative_to(ENGINE).as_posix()
        for file in ENGINE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == source
    }
    assert asked == {"judging/reasons.py"}


def relu(change):
    """The exercise, and its visible cases with what `change` makes of the right values."""
    lesson = load_lesson("numpy_basics")
    exercise = lesson.exercise("relu")
    return exercise, [Played(r, Outcome(change(r.expected["a"]))) for r in read_references(lesson, exercise)]


def test_what_is_right_needs_no_reason():
    exercise, right = relu(lambda value: value)

    def never(*_asked):
        raise AssertionError

    assert explained(exercise, right, Subject(watch=never, on_copies=never)).status == "passed"


def test_reasons_change_no_point_and_no_sentence_about_values():
    exercise, wrong = relu(lambda value: value + 1)
    result = judged(exercise, wrong)
    found = with_reasons(exercise, wrong, result, Subject(watch=lambda *_asked: Watched((), True)))
    bare = [[replace(f, misconception=None, slip="") for f in case.findings] for case in found.cases]
    assert (found.outputs, found.status) == (result.outputs, result.status)
    assert bare == [list(case.findings) for case in result.cases]
