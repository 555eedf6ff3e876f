"""The law over every reason: whatever reason anybody finds for what is wrong, what passes is true of all that was seen."""

import ast
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import load_lesson
from grader.course import TOGETHER
from grader.grading import known_mistakes, solutions
from grader.judging.compare import Difference, compare, extract
from grader.judging.contradictions import Text
from grader.judging.mutant_words import exchanged, shared, unnumbered
from grader.judging.points import Played, judged
from grader.judging.reasons import explained, without_contradictions
from grader.judging.references import read_references
from grader.judging.relations import RELATIONS
from grader.running.calling import call

NAMES = [("logistic_regression", "propagate"), ("shallow_net", "backward_propagation"), ("cnn", "distribute_value")]


@cache
def ground(lesson_name, name):
    lesson = load_lesson(lesson_name)
    exercise = lesson.exercise(name)
    pairs = known_mistakes.pairs(lesson, exercise)
    return lesson, exercise, {**known_mistakes.mistaken(lesson, exercise), **pairs}, read_references(lesson, exercise)


@cache
def played(lesson_name, name, key):
    lesson, exercise, wrong, references = ground(lesson_name, name)
    function = solutions.compiled(lesson, exercise, wrong[key])
    return [Played(one, call(function, one.case)) for one in references]


def with_reasons(result, ids):
    """The result with a reason for each finding, one after the other."""
    left = iter(ids * 100)
    cases = [
        replace(case, findings=tuple(replace(f, misconception=next(left)) for f in case.findings))
        for case in result.cases
    ]
    return replace(result, cases=tuple(cases))


def value(exercise, one, output):
    """What came back as an output in a case; None where nothing came."""
    found = extract(exercise, one.reference.case, one.outcome.value, one.reference.expected)
    return None if isinstance(found, Difference) else found.get(output)


def gives_the_same(exercise, one, other, output):
    if one.outcome.problem or other.outcome.problem:
        return one.outcome.problem == other.outcome.problem
    return compare(value(exercise, one, output), value(exercise, other, output), 1e-5) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_a_known_mistake_that_passes_gives_what_came_back_in_every_case_and_leaves_right_what_is_right(where, data):
    _lesson, exercise, wrong, _references = ground(*where)
    cases = played(*where, data.draw(st.sampled_from(sorted(wrong))))
    plain = judged(exercise, cases)
    ids = data.draw(st.lists(st.sampled_from(sorted({unnumbered(key) for key in wrong})), min_size=1, max_size=4))
    told = without_contradictions(exercise, cases, with_reasons(plain, ids))
    for case in told.cases:
        for finding in case.findings:
            if finding.misconception and finding.output:
                same = [key for key in wrong if unnumbered(key) == finding.misconception]
                assert any(
                    all(
                        gives_the_same(exercise, one, other, finding.output)
                        for one, other in zip(cases, played(*where, key), strict=True)
                        if finding.output in one.reference.expected
                    )
                    for key in same
                ), finding.misconception


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_what_is_found_stands_before_the_law(where, data):
    _lesson, exercise, wrong, _references = ground(*where)
    cases = played(*where, data.draw(st.sampled_from(sorted(wrong))))
    found = explained(exercise, cases)
    assert without_contradictions(exercise, cases, found) == found


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_a_relation_that_does_not_hold_is_not_said(relation):
    where = NAMES[1]
    _lesson, exercise, _wrong, _references = ground(*where)
    # The slope of tanh is another number for each entry: no relation is between this and the right gradient.
    cases = played(*where, "slope from Z1")
    told = without_contradictions(exercise, cases, with_reasons(judged(exercise, cases), [relation]))
    assert {finding.misconception for case in told.cases for finding in case.findings} == {None}


def test_a_quantity_that_is_a_wrong_output_is_not_called_right_on_the_way():
    where = NAMES[1]
    _lesson, exercise, wrong, _references = ground(*where)
    cases = played(*where, next(key for key in wrong if "db1" in key and TOGETHER not in key))
    result = judged(exercise, cases)
    said = with_reasons(result, ["quantity: dW2: own: only: db1: 4", "quantity: dW1: own: only: dZ1: 4"])
    told = without_contradictions(exercise, cases, said)
    assert {finding.misconception for case in told.cases for finding in case.findings} == {None}


@pytest.mark.parametrize(("value", "stands"), [("A - Y", False), ("(A - Y) / 3", True)])
def test_another_number_is_said_of_lines_that_have_a_number(value, stands):
    where = NAMES[1]
    _lesson, exercise, wrong, _references = ground(*where)
    id = next(unnumbered(key) for key in wrong if "another number" in key and TOGETHER not in key)
    function = ast.parse(f"def backward_propagation(A, Y):\n    {exchanged(id)[0]} = {value}").body[0]
    cases = played(*where, id)
    told = without_contradictions(exercise, cases, with_reasons(judged(exercise, cases), [id]), Text(function))
    assert {f.misconception for case in told.cases for f in case.findings} == {id if stands else shared([id])}
