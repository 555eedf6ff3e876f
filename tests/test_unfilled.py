"""A template of another course that nobody filled in is "not filled in", not an error; one line of work makes it one."""

import numpy as np
import pytest

from grader.course import case
from grader.running.calling import call
from grader.running.notebook import define, read_cells
from making import notebook

BLANK = {
    "None": """
    ### START CODE HERE ### (≈ 2 lines of code)
    A = None              # activation
    cost = None
    ### END CODE HERE ###
    assert A.shape == (1, X.shape[1])
    return A, cost""",
    "None, returned": """
    # START CODE HERE
    A = None
    # END CODE HERE
    return {"A": A}, 1.0""",
    "two places and a loop": """
    # START CODE HERE
    A, cache = None
    # END CODE HERE
    for i in range(3):
        # START CODE HERE
        if i:
            A = None
        else:
            pass
        # END CODE HERE
    return A""",
    "empty": """
    # (≈ 2 lines of code)
    # A = ...
    # YOUR CODE STARTS HERE

    # YOUR CODE ENDS HERE
    return A""",
}


def outcome(body):
    names = {"np": np}
    assert define(read_cells(notebook({"f": f"def f(X):{body}"})).cells, names) == []
    return call(names["f"], case("one", np.ones((2, 3))))


@pytest.mark.parametrize("body", BLANK.values(), ids=BLANK)
def test_a_place_that_is_empty_is_not_filled_in(body):
    assert outcome(body).problem == "not_implemented"


@pytest.mark.parametrize("body", BLANK.values(), ids=BLANK)
def test_a_line_of_work_is_judged(body):
    lines = body.splitlines()
    begin = next(number for number, line in enumerate(lines) if "START" in line)
    indent = lines[begin][: -len(lines[begin].lstrip())]
    tried = "\n".join([*lines[: begin + 1], f"{indent}Z = X.shape", *lines[begin + 1 :]])
    assert outcome(tried).problem != "not_implemented"


@pytest.mark.parametrize(
    "body",
    [
        "\n    # START CODE HERE\n    A = None\n    # END CODE HERE\n    A = X + 1\n    return A",
        "\n    A = None\n    return A.shape",
        "\n    # START CODE HERE\n    A = None\n    return A.shape",
    ],
    ids=["written below", "no place", "no end"],
)
def test_what_works_or_has_no_such_place_is_as_it_was(body):
    assert outcome(body).problem in (None, "raised")


def test_a_line_that_says_it_is_not_filled_in_is_to_be_deleted_where_work_stands_beside_it():
    body = """
    ### START CODE HERE ###
    A = 2 * X
    raise NotImplementedError("f: about 1 line")
    ### END CODE HERE ###
    return A"""
    found = outcome(body)
    assert found.problem == "raised"
    assert "delete it" in found.message
    alone = outcome(body.replace("    A = 2 * X\n", ""))
    assert alone.problem == "not_implemented"
