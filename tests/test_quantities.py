"""The first quantity that differs: said where it is so, by value and not by name, and never of a hidden case."""

import json
import re
import textwrap

import pytest

from grader import load_lesson
from grader.course import current
from grader.course.packs.reader import QUANTITIES
from grader.grading.grade import Round, Submission, grade
from grader.judging.quantity_words import sentence, title, told, without_line
from grader.running.notebook import Cell
from grader.sandbox import Limits, Sandbox
from grader.student.check import Check
from making import functions, solved

SHALLOW = load_lesson("shallow_net")
WRONG_WEIGHTS = """\
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2, A1, A2 = parameters["W2"], cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (dW2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""


RENAMED = re.sub(r"\bd(Z[12])\b", r"delta_\1", WRONG_WEIGHTS)
DW1, DB1 = 'grads["dW1"]', 'grads["db1"]'


def said(lesson, name, source):
    """{output: what is said to be the first quantity that differs}"""
    result = Check(lesson, functions({**solved(lesson), name: source}, lesson)).result(name)
    return {f.output: told(f.misconception) for case in result.cases for f in case.findings}


def test_the_first_quantity_that_differs_is_named_with_those_that_are_right_and_the_students_line():
    found = said(SHALLOW, "backward_propagation", WRONG_WEIGHTS)[DW1]
    assert (found.quantity, found.after, found.line) == ("dZ1", ("dZ2",), "7")


def test_it_is_found_by_value_where_the_student_has_other_names():
    found = said(SHALLOW, "backward_propagation", RENAMED)[DW1]
    assert (found.quantity, found.after, found.how, found.line) == ("dZ1", ("dZ2",), "absent", "")


def test_where_all_that_an_output_is_computed_from_is_right_its_own_step_is_named():
    wrong = WRONG_WEIGHTS.replace("dW2.T @", "W2.T @").replace("dZ1 @ X.T / m", "(dZ1 @ X.T / m) ** 3")
    found = said(SHALLOW, "backward_propagation", wrong)
    assert (found[DW1].quantity, found[DW1].how, found[DW1].after) == ("dW1", "output", ("dZ2", "dZ1"))
    assert set(found) == {DW1}


def test_outputs_with_one_reason_have_one_sentence():
    assert len({sentence_of(one) for one in said(SHALLOW, "backward_propagation", WRONG_WEIGHTS).values()}) == 1


def sentence_of(found):
    return found and (found.quantity, found.after, found.line)


def test_a_right_quantity_that_no_variable_holds_is_not_called_wrong():
    """dZ2 is there, but only inside of other expressions: what is said is about what differs, or nothing."""
    fused = WRONG_WEIGHTS.replace("    dZ2 = A2 - Y\n", "").replace("dZ2", "(A2 - Y)").replace('"d(A2', '"dZ2')
    found = said(SHALLOW, "backward_propagation", fused)
    assert all(one is None or one.quantity != "dZ2" for one in found.values())


def test_a_variable_that_is_right_at_first_and_then_overwritten_is_not_called_right():
    overwritten = WRONG_WEIGHTS.replace("dW2.T @", "W2.T @").replace("    dW1 =", "    dZ2 = dZ2 * 3\n    dW1 =")
    overwritten = overwritten.replace("dZ1 @ X.T / m", "(dZ1 @ X.T / m) ** 3")
    found = said(SHALLOW, "backward_propagation", overwritten)
    assert all(one is None or "dZ2" not in one.after for one in found.values())


def test_a_mistake_that_shows_from_the_second_round_of_a_loop_is_told_as_such():
    lesson = load_lesson("optimisation")
    source = solved(lesson)["update_parameters_with_adam"]
    wrong = source.replace("        ### END CODE HERE ###", "        t = t + 1\n        ### END CODE HERE ###")
    assert wrong != source
    found = said(lesson, "update_parameters_with_adam", wrong)
    assert {(one.quantity, one.which) for one in found.values()} == {("parameters", "second")}


@pytest.mark.parametrize("end", ['raise NotImplementedError("L_layer_model")', "return parameters, [cost]"])
def test_nothing_is_said_of_a_second_round_that_never_began(end):
    lesson = load_lesson("deep_net")
    source = solved(lesson)["L_layer_model"]
    wrong = source.replace("        ### END CODE HERE ###", f"        {end}\n        ### END CODE HERE ###")
    assert wrong != source
    assert set(said(lesson, "L_layer_model", wrong).values()) <= {None}


def test_a_call_that_goes_on_for_long_is_watched_for_a_while_only_and_nothing_is_said():
    slow = WRONG_WEIGHTS.replace("    dZ2 =", "    for _ in range(100_000):\n        _ + 1\n    dZ2 =")
    assert set(said(SHALLOW, "backward_propagation", slow).values()) == {None}


def test_an_exception_is_told_with_the_quantity_that_was_wrong_before_it():
    wrong = WRONG_WEIGHTS.replace("dZ1 = (dW2.T @ dZ2) * (1 - A1**2)", "dZ1 = ((W2.T @ dZ2) * (1 - A1**2)).T")
    (found,) = said(SHALLOW, "backward_propagation", wrong).values()
    assert (found.quantity, found.line) == ("dZ1", "7")


def test_it_has_a_sentence_with_its_reason_and_a_title_without_what_differs_from_student_to_student():
    result = Check(SHALLOW, functions({**solved(SHALLOW), "backward_propagation": WRONG_WEIGHTS}, SHALLOW))
    ids = {f.misconception for case in result.result("backward_propagation").cases for f in case.findings}
    (id,) = ids
    assert "`dZ2` as expected" in sentence(id)
    assert "`dZ1`, in line 7" in sentence(id)
    assert "`dZ1`" in title(id)
    assert "7" not in title(id)
    # What a class page counts has no line: it is told by its title.
    assert sentence(without_line(id)) == title(id) == title(without_line(id))


# ---- in grade


@pytest.fixture(scope="module")
def graded():
    sources = {**solved(SHALLOW), "backward_propagation": WRONG_WEIGHTS}
    cells = tuple(Cell(number, source) for number, source in enumerate(sources.values(), 1))
    with Sandbox() as sandbox:
        found = grade(Submission("a", "a", cells), Round(SHALLOW.name, 1, 5, Limits(seconds=2.0)), sandbox)
    return next(one for one in found.exercises if one.name == "backward_propagation")


def test_grade_says_of_visible_plays_what_check_says(graded):
    found = {f.output: told(f.misconception) for case in graded.cases for f in case.findings}
    assert found == said(SHALLOW, "backward_propagation", WRONG_WEIGHTS)


def test_of_hidden_plays_nothing_is_looked_at(graded):
    assert not any(told(f.misconception) for case in graded.hidden.cases for f in case.findings)


# ---- in the pack


@pytest.mark.parametrize("name", current().lessons)
def test_a_pack_holds_imprints_of_few_numbers_and_names_that_stand_in_the_notebook(name):
    pack = current().pack(name)
    notebook = current().folder / "notebooks" / load_lesson(name).folder / f"{name}.ipynb"
    text = notebook.read_text("utf-8")
    for cases in json.loads(pack.member(QUANTITIES))["cases"].values():
        for quantity, _shape, _form, *sums, _after, _is_entry, _round in (row for case in cases for row in case):
            assert len(sums) == 4
            assert re.search(rf"\b{quantity}\b", text) or re.fullmatch(current().symbols, quantity)


WITHOUT_A_COST = """\
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, {name: 3 * one for name, one in grads.items()})
    return parameters
"""


def test_a_quantity_that_nothing_is_computed_from_is_not_missed():
    found = said(SHALLOW, "nn_model", WITHOUT_A_COST)
    assert "cost" not in {one.quantity for one in found.values() if one}


def test_a_cause_that_leaves_right_what_is_seen_to_differ_is_not_said():
    """The sigmoid without its minus makes the same cost as exchanged logarithms; A differs, and A makes the gradient."""
    lesson = load_lesson("logistic_regression")
    source = solved(lesson)["propagate"].replace("sigmoid(w.T @ X + b)", "1 / (1 + np.exp(w.T @ X + b))")
    found = said(lesson, "propagate", source)
    assert {found["cost"].quantity, found['grads["dw"]'].quantity} == {"A"}


def test_a_second_round_is_told_only_where_it_was_seen():
    source = """
    def pool_forward(A_prev, hparameters, mode="max"):
        m, n_H_prev, n_W_prev, n_C = A_prev.shape
        f, stride = hparameters["f"], hparameters["stride"]
        n_H, n_W = (n_H_prev - f) // stride + 1, (n_W_prev - f) // stride + 1
        A = (m, n_H, n_W, n_C)
        for i in range(m):
            for h in range(n_H):
                for w in range(n_W):
                    for c in range(n_C):
                        window = A_prev[i, h * stride:h * stride + f, w * stride:w * stride + f, c]
                        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
        return A, (A_prev, hparameters)
    """
    assert "second" not in str(said(load_lesson("cnn"), "pool_forward", textwrap.dedent(source)))
