"""The usual slips are among the small changes of a solution; that cases notice them is a law of every course."""

import pytest

from grader.course.courses import CourseError, read_course
from grader.judging.mutate import mutants

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
        return {mutant.id: mutant.key.split(": ")[1] for mutant in mutants(INNER, symbols)}

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
