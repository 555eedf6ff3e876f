"""The usual slips are among the small changes of a solution; that cases notice them is a law of every course."""

import pytest

from grader.course.courses import CourseError, read_course
from grader.judging.mutant_words import sentence
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


def said_of(line):
    """{a mutant of a function of this one line: what it says}."""
    source = (
        f"def f(X, P, grads, name):\n    ### START CODE HERE ###\n    {line}\n    ### END CODE HERE ###\n    return Q\n"
    )
    return {mutant.id: sentence(mutant.key) for mutant in mutants(source, "Q")}


@pytest.mark.parametrize(
    ("line", "mutant", "said"),
    [
        ("Q = np.sum(X, axis=-1)", "Q = np.sum(X, axis=1)", "when `Q` is computed along another axis"),
        ("Q = np.sum(X, axis=X.ndim - 1)", "Q = np.sum(X, axis=1)", "when `Q` is computed along another axis"),
        ("rows = tuple(range(X.ndim - 1)); Q = np.sum(X, axis=rows)", "rows = tuple(range(1))", "along another axis"),
        ("Q = X / X.shape[-1]", "Q = X / X.shape[1]", "with the size of another axis of `X.shape`"),
        ("Q = X[-1]", "Q = X[1]", "with one number changed"),
        ("Q = -X", "Q = X", "with one sign turned"),
        ("Q = X * -1", "Q = X * 1", "with one sign turned"),
        ("Q = X + P", "Q = X", "without the term `P`"),
    ],
)
def test_what_an_axis_or_an_index_is_made_of_is_told_as_an_axis_or_an_index(line, mutant, said):
    assert said in said_of(line)[mutant]


@pytest.mark.parametrize("key", ["'d' + name", "'d' + name + '1'", "f'd{name}' + '1'"])
def test_a_text_that_is_put_together_has_no_terms(key):
    mutants = said_of(f"Q = grads[{key}] + X")
    assert "Q = grads[name] + X" not in mutants
    assert not any("term" in said for id, said in mutants.items() if id.endswith("+ X"))


def test_symbols_that_are_no_regular_expression_are_refused(tmp_path):
    table = "[course]\nname = 'a'\ntitle = 'A'\nversion = '1'\nlessons = ['one']\nsymbols = '('\n"
    (tmp_path / "course.toml").write_text(table)
    with pytest.raises(CourseError, match="`symbols` is not a regular expression"):
        read_course(tmp_path)


def test_mutants_have_different_ids():
    found = mutants(SOURCE)
    assert len({mutant.id for mutant in found}) == len(found)
