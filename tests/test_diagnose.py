"""Causes: each known mistake is named as itself, none as another one, and two slips get both their explanations."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnosing import NOT_NAMED, pairs, told, verdict
from grader import lesson_names, load_lesson
from grader.authoring.findings import page
from grader.course import TOGETHER
from grader.course.imprint import UNRECOGNISABLE, alike, imprint
from grader.grading import known_mistakes, sampling, solutions
from grader.judging.mutant_words import is_mutant, unnumbered
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.running.calling import call
from grader.student.check import Check
from making import edited, functions
from strategies import plain_data

EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
    for lesson in map(load_lesson, lesson_names())
    for exercise in lesson.exercises
]


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_no_known_mistake_is_diagnosed_as_another_one(lesson, exercise):
    found = {key: verdict(lesson, exercise, key) for key in known_mistakes.mistaken(lesson, exercise)}
    assert [key for key, said in found.items() if said == "wrong"] == []
    declared = {key: said for key, said in found.items() if not is_mutant(key)}
    assert {said for said in declared.values() if said not in NOT_NAMED[:2]} <= {"right"}


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_most_pairs_of_mistakes_are_told_as_that_pair_or_one_of_the_two(lesson, exercise):
    kept = pairs(lesson, exercise)
    found = {key: set(told(lesson, exercise, source).values()) for key, source in kept.items()}
    itself = [key for key, said in found.items() if said & {unnumbered(key), *unnumbered(key).split(TOGETHER)}]
    assert len(itself) >= 0.5 * len(kept)


def causes(lesson, exercise, source, drawn=None):
    """{output: the cause named} for a function."""
    references = drawn or read_references(lesson, exercise)
    function = solutions.compiled(lesson, exercise, source)
    result = explained(exercise, [Played(r, call(function, r.case)) for r in references])
    return {f.output: f.misconception for case in result.cases for f in case.findings}


def slipped(lesson, name, *edits):
    source = solutions.function_source(lesson, name)
    for old, new in edits:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return source


def test_two_outputs_wrong_for_two_reasons_get_both_explanations(lesson):
    source = slipped(lesson, "propagate", ("dw = X @ (A - Y).T / m", "dw = X @ (Y - A).T / m"),
                     ("db = np.sum(A - Y) / m", "db = np.sum(A - Y)"))  # fmt: skip
    found = causes(lesson, lesson.exercise("propagate"), source)
    assert found == {'grads["dw"]': "dw with the sign turned", 'grads["db"]': "db without the mean"}


def test_two_known_slips_in_one_output_get_both_explanations(lesson, capsys):
    source = slipped(lesson, "propagate", ("dw = X @ (A - Y).T / m", "dw = X @ (Y - A).T"))
    both = "dw without the mean + dw with the sign turned"
    assert causes(lesson, lesson.exercise("propagate"), source) == {'grads["dw"]': both}
    Check(lesson)(solutions.compiled(lesson, lesson.exercise("propagate"), source))
    said = " ".join(capsys.readouterr().out.split())
    assert "The first: Yours is exactly m times" in said
    assert "The second: Your" in said


def test_a_mistake_that_raises_is_known_by_the_sizes_that_do_not_fit():
    lesson = load_lesson("regularisation")
    exercise = lesson.exercise("backward_propagation_with_dropout")
    source = slipped(lesson, exercise.name, ("@ dZ3 * D2", "@ dZ3 * D1"), ("@ dZ2 * D1", "@ dZ2 * D2"))
    assert set(causes(lesson, exercise, source).values()) == {"masks of the wrong layers"}
    other = slipped(lesson, exercise.name, ("@ dZ3 * D2", "@ dZ3 * W2"))
    assert set(causes(lesson, exercise, other).values()) == {None}


def test_a_mere_no_is_no_sign_of_a_mistake():
    lesson = load_lesson("deep_net")
    exercise = lesson.exercise("initialize_parameters_deep")
    source = slipped(lesson, exercise.name, ("np.random.randn(layer_dims[l], layer_dims[l - 1])",
                                             "np.random.exponential(size=(layer_dims[l], layer_dims[l - 1]))"))  # fmt: skip
    assert causes(lesson, exercise, source)["spread"] is None


def test_one_answer_for_all_is_no_sign_of_a_mistake_where_other_answers_differ():
    lesson = load_lesson("logistic_regression")
    exercise = lesson.exercise("predict")
    found = causes(lesson, exercise, slipped(lesson, exercise.name, ("> 0.5", "> b")))
    assert found == dict.fromkeys(["Y_prediction", "answers at exactly 0.5"])
    for_all = slipped(lesson, exercise.name, ("> 0.5", "> 0"))
    assert None not in causes(lesson, exercise, for_all).values()


def test_two_slips_in_one_output_get_no_explanation_that_is_not_true(lesson):
    source = slipped(lesson, "propagate", ("dw = X @ (A - Y).T / m", "dw = X @ (Y + 2 * A).T / m**2"))
    assert causes(lesson, lesson.exercise("propagate"), source) == {'grads["dw"]': None}


def test_a_mutant_that_would_change_what_is_right_is_no_cause(lesson):
    # sigmoid left out changes cost and db too; here dw alone is what comes out without it.
    source = slipped(lesson, "propagate", ("dw = X @ (A - Y).T / m", "dw = X @ ((w.T @ X + b) - Y).T / m"))
    assert causes(lesson, lesson.exercise("propagate"), source) == {'grads["dw"]': None}


def test_one_mistake_that_explains_all_that_is_wrong_goes_before_several(lesson):
    source = slipped(lesson, "propagate", ("A = sigmoid(w.T @ X + b)", "A = sigmoid(w.T @ X - b)"))
    found = causes(lesson, lesson.exercise("propagate"), source)
    assert set(found.values()) == {"mutant: A: minus for plus"}


def test_a_relation_that_holds_for_more_goes_before_a_mutant_that_explains_less():
    lesson = load_lesson("gradient_checking")
    source = slipped(lesson, "backward_propagation_n", ("dZ3 = A3 - Y", "dZ3 = (A3 - Y) / m"))
    found = causes(lesson, lesson.exercise("backward_propagation_n"), source)
    assert set(found.values()) <= {"divided by m", "dW2 divided by m twice"}
    assert found['gradients["db1"]'] == "divided by m"


def test_hidden_cases_agree_with_the_visible_ones_on_a_mutant(lesson):
    exercise = lesson.exercise("propagate")
    drawn = [*read_references(lesson, exercise), *sampling.draw(lesson, exercise, 5)]
    source = slipped(lesson, "propagate", ("db = np.sum(A - Y) / m", "db = np.sum(A + Y) / m"))
    assert causes(lesson, exercise, source, drawn) == {'grads["db"]': "mutant: db: plus for minus"}


def test_a_student_sees_a_mutant_told_in_words_without_the_solutions(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", "db = np.sum(A - Y) / m", "db = np.sum(A + Y) * 2 / m / 2"), lesson)
    Check(lesson, {**names, "propagate": partial(names["propagate"])})("propagate")
    assert "with a plus where a minus belongs" in " ".join(capsys.readouterr().out.split())


def test_a_slip_in_the_student_s_own_line_is_told_in_place_of_a_mutant(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", "db = np.sum(A - Y) / m", "db = np.sum(A + Y) / m"), lesson)
    Check(lesson, names)("propagate")
    shown = " ".join(capsys.readouterr().out.split())
    assert "look at the sign `+` in `A + Y`" in shown
    assert "where a minus belongs" not in shown


# ---- imprints


@given(plain_data)
def test_a_value_is_alike_to_itself_and_has_an_imprint_of_fixed_size(value):
    one = imprint(value)
    assert one == imprint(value)
    assert alike(one, one, 1e-6)
    assert len(one.sums) == 3


@given(st.integers(1, 60), st.integers(0, 1000), st.floats(0, 1e-7))
def test_what_differs_within_tolerance_is_alike(size, seed, part):
    value = np.random.default_rng(seed).normal(size=size)
    assert alike(imprint(value), imprint(value * (1 + part)), 1e-6)


@given(st.integers(1, 60), st.integers(0, 1000), st.data())
def test_one_entry_that_differs_is_not_alike(size, seed, data):
    value = np.random.default_rng(seed).normal(size=size)
    other = value.copy()
    other[data.draw(st.integers(0, size - 1))] += 0.01
    assert not alike(imprint(value), imprint(other), 1e-6)


@pytest.mark.parametrize("other", [np.ones((3, 2)), np.ones(6), [np.ones(3)] * 2, "1", None, np.full((2, 3), np.nan)])
def test_another_shape_or_kind_is_not_alike(other):
    assert not alike(imprint(np.ones((2, 3))), imprint(other), 1e-6)


def within_itself():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value", [within_itself(), np.zeros(300_000), object(), np.array([None]), [1, {2}], np.full(3, 1e200), 1j]
)
def test_what_cannot_be_known_again_has_the_imprint_of_nothing(value):
    assert imprint(value) == UNRECOGNISABLE


@pytest.mark.slow
def test_the_page_of_findings_has_a_reason_with_its_id_for_every_exercise():
    lines = list(page())
    for lesson in map(load_lesson, lesson_names()):
        for exercise in lesson.exercises:
            assert f"### {exercise.name}" in lines
            assert any(line.endswith(")") and f"(`{exercise.full_name}::" in line for line in lines), exercise.full_name
    assert not [line for line in lines if "Traceback" in line]
