"""The strength of the cases: every small change of a solution is noticed, except those declared equivalent."""

import ast

import numpy as np
import pytest

from grader import lesson_names, load_lesson, solutions
from grader.calling import call
from grader.compare import compare, extract
from grader.course.courses import CourseError, read_course
from grader.mutant_words import sentence
from grader.mutate import mutants
from grader.references import read_references
from grader.strength import strength

EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
    for lesson in map(load_lesson, lesson_names())
    for exercise in lesson.exercises
]
each_exercise = pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)


@each_exercise
def test_visible_cases_alone_kill_every_mutant(lesson, exercise):
    found = strength(lesson, exercise, read_references(lesson, exercise))
    assert [mutant.id for mutant in found.surviving] == []


@each_exercise
def test_hidden_cases_of_a_round_kill_every_mutant(lesson, exercise):
    found = strength(lesson, exercise, solutions.draw(lesson, exercise, 12345))
    assert [mutant.id for mutant in found.surviving] == []


@each_exercise
def test_what_is_declared_equivalent_is_a_mutant_and_survives(lesson, exercise):
    found = strength(lesson, exercise, read_references(lesson, exercise))
    assert set(found.equivalent) == set(exercise.equivalent)


@each_exercise
def test_equivalent_mutants_return_the_same_on_many_drawn_cases(lesson, exercise):
    right = getattr(solutions.module_of(lesson), exercise.name)
    for mutant in solutions.mutants_of(lesson, exercise):
        if mutant.id in exercise.equivalent:
            other = solutions.compiled(lesson, exercise, mutant.source)
            for seed in range(4):
                for case in exercise.draw(np.random.default_rng([seed, 7])):
                    expected = extract(exercise, case, call(right, case).value)
                    assert compare(dict(expected), dict(extract(exercise, case, call(other, case).value))) is None


SOURCE = '''
def f(X, axis=0):
    """Text with 3 numbers."""
    m = X.shape[1]
    total = np.sum(X.T @ X, axis=0, keepdims=True) / m
    if total > 1:
        total = -total
    return total
'''


@pytest.mark.parametrize(
    "id",
    [
        "total = np.sum(X.T @ X, axis=0, keepdims=True) * m",
        "total = np.sum(X @ X, axis=0, keepdims=True) / m",
        "total = np.sum(X.T * X, axis=0, keepdims=True) / m",
        "total = np.sum(X.T @ X, axis=1, keepdims=True) / m",
        "total = np.sum(X.T @ X, axis=0, keepdims=False) / m",
        "total = np.sum(X.T @ X, axis=0) / m",
        "total = np.mean(X.T @ X, axis=0, keepdims=True) / m",
        "total = np.sum(X.T @ X, axis=0, keepdims=True)",
        "total = X.T @ X / m",
        "if total >= 1:",
        "total = total",
        "without total = -total",
        "m = X.shape[2]",
    ],
)
def test_the_usual_slips_are_among_the_mutants(id):
    assert id in {mutant.id for mutant in mutants(SOURCE)}


INNER = """
def f(x):
    ### START CODE HERE ###
    Q = x - 2
    y = 3 * Q
    ### END CODE HERE ###
    return y
"""


def test_a_quantity_is_named_where_students_know_its_name_from_the_formulas():
    def places(symbols):
        return {mutant.id: mutant.says.split(": ")[1] for mutant in mutants(INNER, symbols)}

    assert places("Q|R")["Q = x + 2"] == "Q"
    assert places("R")["Q = x + 2"] == "y"
    assert places("") == places("R")


def test_symbols_that_are_no_regular_expression_are_refused(tmp_path):
    table = "[course]\nname = 'a'\ntitle = 'A'\nversion = '1'\nlessons = ['one']\nsymbols = '('\n"
    (tmp_path / "course.toml").write_text(table)
    with pytest.raises(CourseError, match="`symbols` is no regular expression"):
        read_course(tmp_path)


def test_mutants_have_different_ids():
    found = mutants(SOURCE)
    assert len({mutant.id for mutant in found}) == len(found)


@each_exercise
def test_no_mutant_is_told_in_a_line_of_the_solution(lesson, exercise):
    source = solutions.function_source(lesson, exercise.name)
    lines = {line.strip() for line in ast.unparse(ast.parse(source)).splitlines() if " " in line.strip()}
    for mutant in solutions.mutants_of(lesson, exercise):
        said = sentence(mutant.says)
        assert said
        assert not [line for line in lines if line in said]
