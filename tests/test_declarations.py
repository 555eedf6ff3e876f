"""What a lesson can declare beyond plain values: properties, given functions, a looser tolerance, silence."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from grader.course import Misconception, case
from grader.grading import sampling
from grader.grading.grade import Round, Submission, grade
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.running.calling import call
from grader.running.notebook import read_cells
from grader.student.check import Check
from making import edited, functions, notebook, solved

pytestmark = pytest.mark.sandbox

DECLARATIONS = """
import numpy as np
from grader.course import Given, Lesson, Misconception, case, exercise


def weights_fixed(data, n_x, n_h):
    return {"W1": data["W1"] * np.ones((n_h, n_x)), "b1": np.zeros((n_h, 1))}


def observe(case, parameters):
    n_x, n_h = case.args
    W1 = parameters["W1"]
    return {
        "shape of W1": np.shape(W1),
        "W1 is small": np.std(W1) < 0.1,
        "W1 is not zero": bool(np.all(W1 != 0)),
        "b1": parameters["b1"],
    }


@exercise(
    returns=["parameters"],
    points={"shape of W1": 10, "W1 is small": 10, "W1 is not zero": 10, "b1": 10},
    observe=observe,
)
def initialize_parameters(rng):
    yield case("two inputs, five units", 2, 5)
    yield case("some inputs, three units", int(rng.integers(4, 4000)), 3)


@exercise(
    returns=["parameters"],
    points={'parameters["W1"]': 30, 'parameters["b1"]': 10},
    misconceptions=[
        Misconception("climbs", "- rate * np.mean(X)", "+ rate * np.mean(X)", "Your W1 goes up."),
    ],
)
def nn_model(rng):
    for label, n_x, m in [("three inputs", 3, 4), ("two inputs", 2, 7)]:
        fixed = Given(weights_fixed, {"W1": float(rng.uniform(1, 2))})
        yield case(label, rng.normal(size=(n_x, m)), 5, given={"initialize_parameters": fixed}, rate=0.5)


@exercise(returns=["y"], points={"y": 10, "y when large": 10}, rtol=1e-3)
def rough(rng):
    yield case("some numbers", rng.uniform(1, 2, size=3))
    yield case("others", rng.uniform(1, 2, size=4))
    yield case("large numbers", rng.uniform(1000, 2000, size=2), judged={"y when large": "y"}, silent=True)


LESSON = Lesson("shallow_net", "A toy", (initialize_parameters, nn_model, rough))
"""
SOLUTION = """
import numpy as np


def initialize_parameters(n_x, n_h):
    return {"W1": 0.01 * np.random.randn(n_h, n_x), "b1": np.zeros((n_h, 1))}


def nn_model(X, n_h, rate):
    parameters = initialize_parameters(X.shape[0], n_h)
    return {"W1": parameters["W1"] - rate * np.mean(X), "b1": parameters["b1"]}


def rough(x):
    return 1 / (1 + np.exp(-x))
"""


@pytest.fixture
def toy(make_lesson):
    return make_lesson(DECLARATIONS, SOLUTION)


def checked(toy, sources):
    """{exercise: its result} in check."""
    names = functions(sources, toy)
    check = Check(toy, names)
    return {exercise.name: check.run(exercise, names[exercise.name])[0] for exercise in toy.exercises}


def graded(toy, sources, sandbox):
    """{exercise: its result} in grade."""
    cells = read_cells(notebook(sources)).cells
    return {r.name: r for r in grade(Submission("", "", cells), Round(toy.name, 1, 5), sandbox).exercises}


@pytest.fixture(params=["check", "grade"])
def results(request, toy):
    """Sources -> {exercise: its result}, once in check and once in grade."""
    if request.param == "check":
        return lambda sources: checked(toy, sources)
    sandbox = request.getfixturevalue("sandbox")
    return lambda sources: graded(toy, sources, sandbox)


def lost(result):
    return {output for output, (points, most) in result.outputs.items() if points < most}


def test_solution_earns_everything(toy, results):
    assert {r.name: r.points for r in results(solved(toy)).values()} == {
        "initialize_parameters": 40,
        "nn_model": 40,
        "rough": 20,
    }


# ---- functions that draw random numbers: graded by their properties


def test_another_generator_is_as_good(toy, results):
    sources = edited(
        solved(toy),
        "initialize_parameters",
        "np.random.randn(n_h, n_x)",
        "np.random.default_rng().uniform(-1, 1, (n_h, n_x))",
    )
    assert lost(results(sources)["initialize_parameters"]) == set()


@pytest.mark.parametrize(
    ("old", "new", "output"),
    [
        ("(n_h, n_x)", "(n_x, n_h)", "shape of W1"),
        ("0.01 *", "10 *", "W1 is small"),
        ("0.01 *", "0 *", "W1 is not zero"),
        ("np.zeros((n_h, 1))", "np.zeros(n_h)", "b1"),
        ("np.zeros((n_h, 1))", "np.ones((n_h, 1))", "b1"),
    ],
)
def test_a_property_that_does_not_hold_costs_its_own_output(toy, results, old, new, output):
    if "n_h, n_x" in old:
        old, new = f"randn{old}", f"randn{new}"
    result = results(edited(solved(toy), "initialize_parameters", old, new))["initialize_parameters"]
    assert lost(result) == {output}
    assert result.status == "failed"


@pytest.mark.parametrize("returned", ["5", "{}", "{'W1': 'text', 'b1': 0}", "[[1, 2], 3]", "np.ones(3)", "np.sum"])
def test_a_value_without_the_properties_is_the_submissions_fault(toy, results, returned):
    sources = {**solved(toy), "initialize_parameters": f"def initialize_parameters(n_x, n_h):\n    return {returned}"}
    result = results(sources)["initialize_parameters"]
    assert (result.points, result.status) == (0, "unsupported" if returned == "np.sum" else "failed")


def test_looking_at_a_value_gives_no_warning(toy):
    sources = {
        **solved(toy),
        "initialize_parameters": "def initialize_parameters(n_x, n_h):\n"
        "    return {'W1': np.zeros((0, 3)), 'b1': np.full(2, np.nan)}",
    }
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert checked(toy, sources)["initialize_parameters"].points == 10
    assert said == []


# ---- functions given in the place of those an exercise calls


def test_a_function_that_calls_a_wrong_one_is_right(toy, results):
    sources = edited(solved(toy), "initialize_parameters", "0.01 *", "7 +")
    assert lost(results(sources)["nn_model"]) == set()


def test_a_function_that_calls_an_unfinished_one_is_right(toy, results):
    sources = {
        **solved(toy),
        "initialize_parameters": "def initialize_parameters(n_x, n_h):\n    raise NotImplementedError",
    }
    found = results(sources)
    assert found["initialize_parameters"].status == "not_implemented"
    assert found["nn_model"].status == "passed"


def test_a_function_that_calls_one_that_is_not_there_is_right(toy, results):
    sources = {name: source for name, source in solved(toy).items() if name != "initialize_parameters"}
    names = functions(sources, toy)
    result = Check(toy, names).run(toy.exercise("nn_model"), names["nn_model"])[0]
    assert result.status == "passed"


def test_a_function_that_makes_its_own_weights_is_not_right(toy, results):
    sources = edited(
        solved(toy),
        "nn_model",
        "initialize_parameters(X.shape[0], n_h)",
        "{'W1': np.zeros((n_h, X.shape[0])), 'b1': 0}",
    )
    assert results(sources)["nn_model"].outputs['parameters["W1"]'] == (0, 30)


def test_a_misconception_is_named_with_given_functions_too(toy, results):
    result = results(edited(solved(toy), "nn_model", "- rate", "+ rate"))["nn_model"]
    assert {f.misconception for c in result.cases for f in c.findings} == {"climbs"}


def test_the_given_functions_come_back_from_the_pack(toy):
    for reference in read_references(toy, toy.exercise("nn_model")):
        (given,) = reference.case.given.values()
        assert given.function(given.data, 2, 3)["W1"].shape == (3, 2)


# ---- tolerance and silence


@pytest.mark.parametrize(("factor", "right"), [(1 + 5e-4, True), (1 + 5e-3, False)])
def test_declared_tolerance_counts(toy, results, factor, right):
    result = results(edited(solved(toy), "rough", "return 1", f"return {factor}"))["rough"]
    assert (result.status == "passed") is right


def test_a_warning_costs_only_where_silence_is_asked_for(toy, results):
    overflows = edited(
        solved(toy),
        "rough",
        "return 1 / (1 + np.exp(-x))",
        "e = np.exp(x)\n    return np.where(x > 500, 1.0, e / (1 + e))",
    )
    result = results(overflows)["rough"]
    assert lost(result) == {"y when large"}
    assert {f.kind for c in result.cases for f in c.findings} == {"warned"}


# ---- causes


def cause_of(toy, mistakes, function, cases):
    """The causes named for a function in these cases, if these misconceptions were declared."""
    exercise = replace(toy.exercise("rough"), misconceptions=tuple(mistakes), draw=lambda _rng: iter(cases))
    drawn = sampling.draw(toy, exercise)
    result = explained(exercise, [Played(r, call(function, r.case)) for r in drawn])
    return {f.misconception for c in result.cases for f in c.findings}


DOUBLE = Misconception("double", "return 1 /", "return 2 /", "Twice.")
ALSO_DOUBLE = Misconception(
    "also double", "return 1 / (1 + np.exp(-x))", "return 2 * (1 / (1 + np.exp(-x)))", "Twice too."
)
SIGN = Misconception("sign", "np.exp(-x)", "np.exp(x)", "Sign.")
TWO_CASES = [case("one", np.array([1.0, 2.0])), case("two", np.array([3.0, -1.0]))]


def twice(x):
    return 2 / (1 + np.exp(-x))


def test_the_only_fitting_misconception_is_the_cause(toy):
    assert cause_of(toy, [SIGN, DOUBLE], twice, TWO_CASES) == {"double"}


def test_of_two_fitting_misconceptions_neither_is_the_cause_but_what_they_share(toy):
    assert cause_of(toy, [ALSO_DOUBLE, DOUBLE], twice, TWO_CASES) == {"twice"}


def test_one_failing_case_is_no_cause(toy):
    assert cause_of(toy, [DOUBLE], twice, TWO_CASES[:1]) == {None}


def test_a_misconception_that_does_not_fit_every_case_is_no_cause(toy):
    def sometimes_twice(x):
        return twice(x) * (1 if x[0] < 3 else 1.5)

    assert cause_of(toy, [DOUBLE], sometimes_twice, TWO_CASES) == {None}


def test_a_misconception_that_changes_a_case_which_is_right_is_no_cause(toy):
    cases = [*TWO_CASES, case("three", np.array([0.5, -2.0]))]

    def right_for_one(x):
        return twice(x) / (2 if x[0] == 0.5 else 1)

    assert cause_of(toy, [DOUBLE], right_for_one, cases) == {None}
