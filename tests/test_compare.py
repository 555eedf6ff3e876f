"""Which forms of a right answer pass, which slips are found, and the laws of the comparison."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader import load_lesson
from grader.course import Exercise, Outcome, Reference, Unsupported, case
from grader.judging.compare import FLOOR, apart, compare, describe, judge
from grader.judging.references import read_references
from grader.running.calling import call
from grader.student.check import Check
from making import edited, functions
from strategies import answers, dtypes, finite_arrays, real_dtypes, reference_values, shapes

LESSON = load_lesson("logistic_regression")
RTOL = 1e-6


def checked(sources, name):
    """The result of one exercise whose functions are those of the sources."""
    names = functions(sources, LESSON)
    check = Check(LESSON, names)
    return check.run(LESSON.exercise(name), check.function(name))[0]


# ---- forms that are as good as the solution's: (exercise, form, what stands in the solution, what stands there now)

RETURN_PROPAGATE, DW, DB = "return grads, cost", '"dw": dw', '"db": db'
RETURN_OPTIMIZE, RETURN_PREDICT, RETURN_ZEROS = "return params, grads, costs", "return Y_prediction", "return w, b"
PREDICTION, STEP_W, STEP_B = ("Y_prediction = (A > 0.5).astype(int)", 'w = w - learning_rate * grads["dw"]',
                              'b = b - learning_rate * grads["db"]')  # fmt: skip
ACCEPTED = [
    ("propagate", "cost as float", RETURN_PROPAGATE, "return grads, float(cost)"),
    ("propagate", "cost as numpy scalar", RETURN_PROPAGATE, "return grads, np.float64(cost)"),
    ("propagate", "cost as array without axes", RETURN_PROPAGATE, "return grads, np.array(cost)"),
    ("propagate", "cost of shape (1,)", RETURN_PROPAGATE, "return grads, np.array([cost])"),
    ("propagate", "cost of shape (1, 1)", RETURN_PROPAGATE, "return grads, np.array([[cost]])"),
    ("propagate", "db as float", DB, '"db": float(db)'),
    ("propagate", "db of shape (1,)", DB, '"db": np.array([db])'),
    ("propagate", "db of shape (1, 1)", DB, '"db": np.array([[db]])'),
    ("propagate", "values in a list", RETURN_PROPAGATE, "return [grads, cost]"),
    ("propagate", "a value too many", RETURN_PROPAGATE, "return grads, cost, A"),
    ("propagate", "an entry too many", DB, '"db": db, "dZ": A - Y'),
    ("propagate", "an unused parameter too many", "(w, b, X, Y):", "(w, b, X, Y, lambd):"),
    ("propagate", "an optional parameter too many", "(w, b, X, Y):", "(w, b, X, Y, lambd=0.1):"),
    ("propagate", "arguments changed in place", RETURN_PROPAGATE, "w -= dw; X *= 2; return grads, cost"),
    ("propagate", "seed set inside", "m = X.shape[1]", "np.random.seed(1); m = X.shape[1]"),
    ("propagate", "sum over the axis of examples", "np.sum(A - Y)", "np.sum(A - Y, axis=1, keepdims=True)"),
    ("propagate", "a loop over the examples", "dw = X @ (A - Y).T / m",
     "dw = sum(X[:, [i]] * (A - Y)[0, i] for i in range(m)) / m"),
    ("initialize_with_zeros", "integer zeros", "np.zeros((dim, 1))", "np.zeros((dim, 1), dtype=int)"),
    ("initialize_with_zeros", "b as integer zero", "b = 0.0", "b = 0"),
    ("initialize_with_zeros", "b of shape (1,)", "b = 0.0", "b = np.zeros(1)"),
    ("initialize_with_zeros", "b of shape (1, 1)", "b = 0.0", "b = np.zeros((1, 1))"),
    ("initialize_with_zeros", "values in a list", RETURN_ZEROS, "return [w, b]"),
    ("optimize", "b of shape (1, 1)", '{"w": w, "b": b}', '{"w": w, "b": np.array([[b]])}'),
    ("optimize", "w changed in place", STEP_W, 'w -= learning_rate * grads["dw"]'),
    ("optimize", "costs as floats", RETURN_OPTIMIZE, "return params, grads, [float(c) for c in costs]"),
    ("optimize", "costs as (1, 1) arrays", RETURN_OPTIMIZE, "return params, grads, [np.array([[c]]) for c in costs]"),
    ("optimize", "costs as an array", RETURN_OPTIMIZE, "return params, grads, np.array(costs)"),
    ("optimize", "costs as a column", RETURN_OPTIMIZE, "return params, grads, np.array(costs).reshape(-1, 1)"),
    ("optimize", "costs in a tuple", RETURN_OPTIMIZE, "return params, grads, tuple(costs)"),
    ("optimize", "a value too many", RETURN_OPTIMIZE, "return params, grads, costs, num_iterations"),
    ("predict", "predictions as bool", PREDICTION, "Y_prediction = A > 0.5"),
    ("predict", "predictions as int8", PREDICTION, "Y_prediction = (A > 0.5).astype(np.int8)"),
    ("predict", "predictions as float", PREDICTION, "Y_prediction = (A > 0.5) * 1.0"),
    ("predict", "predictions filled in one by one", PREDICTION,
     "Y_prediction = np.zeros((1, X.shape[1]))\n    for i in range(X.shape[1]):\n"
     "        Y_prediction[0, i] = 1 if A[0, i] > 0.5 else 0"),
    ("predict", "a value too many", RETURN_PREDICT, "return Y_prediction, A"),
    ("model", "numbers as numpy scalars", '"learning_rate": learning_rate', '"learning_rate": np.float64(learning_rate)'),
    ("model", "an entry too many", '"costs": costs', '"costs": costs, "name": "neuron"'),
    ("flatten_images", "as floats", "return X", "return X.astype(float)"),
    ("flatten_images", "picture by picture", "X = images.reshape(m, -1).T",
     "X = np.stack([image.ravel() for image in images], axis=1)"),
    ("flatten_images", "another name", "def flatten_images(", "def flattenImages("),
    ("standardize", "a float divisor", "X / max_value", "X / float(max_value)"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new"), [pytest.param(n, old, new, id=f"{n}-{form}") for n, form, old, new in ACCEPTED]
)
def test_form_passes(name, old, new, solution):
    result = checked(edited(solution, name, old, new), name)
    assert [f.message for c in result.cases for f in c.findings] == []
    assert result.points == result.max_points


# ---- slips: (exercise, slip, what stands in the solution, what stands there now, output, kind of finding)

SLIPS = [
    ("propagate", "dw transposed", DW, '"dw": dw.T', 'grads["dw"]', "shape"),
    ("propagate", "dw without its second axis", DW, '"dw": dw.ravel()', 'grads["dw"]', "shape"),
    ("propagate", "dw with an axis too many", DW, '"dw": dw[None]', 'grads["dw"]', "shape"),
    ("propagate", "dw as a matrix of (A - Y) broadcast", DW, '"dw": X * (A - Y) / m', 'grads["dw"]', "shape"),
    ("propagate", "dw only a mean", DW, '"dw": dw.mean()', 'grads["dw"]', "shape"),
    ("propagate", "dw as a list", DW, '"dw": dw.tolist()', 'grads["dw"]', "kind"),
    ("propagate", "dw complex", DW, '"dw": dw + 0j', 'grads["dw"]', "dtype"),
    ("propagate", "dw of objects", DW, '"dw": dw.astype(object)', 'grads["dw"]', "unsupported"),
    ("propagate", "dw as text", DW, '"dw": str(dw)', 'grads["dw"]', "kind"),
    ("propagate", "dw as array of text", DW, '"dw": dw.astype(str)', 'grads["dw"]', "unsupported"),
    ("propagate", "dw masked", DW, '"dw": np.ma.masked_less(dw, 0)', 'grads["dw"]', "unsupported"),
    ("propagate", "dw None", DW, '"dw": None', 'grads["dw"]', "kind"),
    ("propagate", "dw a function", DW, '"dw": np.sum', 'grads["dw"]', "unsupported"),
    ("propagate", "dw missing", DW, '"dW": dw', 'grads["dw"]', "kind"),
    ("propagate", "dw cut to whole numbers", DW, '"dw": dw.astype(int)', 'grads["dw"]', "values"),
    ("propagate", "dw in half precision", DW, '"dw": dw.astype(np.float16)', 'grads["dw"]', "values"),
    ("propagate", "dw off by one in 100 000", DW, '"dw": dw * (1 + 1e-5)', 'grads["dw"]', "values"),
    ("propagate", "dw rounded", DW, '"dw": np.round(dw, 3)', 'grads["dw"]', "values"),
    ("propagate", "dw all the mean", DW, '"dw": np.full_like(dw, 0.5)', 'grads["dw"]', "values"),
    ("propagate", "db for each example", DB, '"db": A - Y', 'grads["db"]', "shape"),
    ("propagate", "db an array of none", DB, '"db": np.array([])', 'grads["db"]', "shape"),
    ("propagate", "db an empty text", DB, '"db": ""', 'grads["db"]', "kind"),
    ("propagate", "cost NaN", RETURN_PROPAGATE, "return grads, np.nan", "cost", "not_finite"),
    ("propagate", "cost infinite", RETURN_PROPAGATE, "return grads, -np.inf", "cost", "not_finite"),
    ("propagate", "cost for each example", RETURN_PROPAGATE, "return grads, -(Y * log_a + (1 - Y) * log_not_a)", "cost",
     "shape"),
    ("propagate", "cost in a list", RETURN_PROPAGATE, "return grads, [cost]", "cost", "kind"),
    ("propagate", "cost complex", RETURN_PROPAGATE, "return grads, complex(cost)", "cost", "dtype"),
    ("propagate", "cost as text", RETURN_PROPAGATE, 'return grads, f"{cost}"', "cost", "kind"),
    ("propagate", "grads a tuple", RETURN_PROPAGATE, "return (dw, db), cost", 'grads["dw"]', "kind"),
    ("initialize_with_zeros", "w without its second axis", "np.zeros((dim, 1))", "np.zeros(dim)", "w", "shape"),
    ("initialize_with_zeros", "w one number that broadcasts", "np.zeros((dim, 1))", "np.zeros((1, 1))", "w", "shape"),
    ("initialize_with_zeros", "w small instead of zero", "np.zeros((dim, 1))", "np.full((dim, 1), 1e-9)", "w", "values"),
    ("initialize_with_zeros", "b for each input", "b = 0.0", "b = np.zeros((dim, 1))", "b", "shape"),
    ("optimize", "one cost too many", RETURN_OPTIMIZE, "return params, grads, [*costs, cost]", "costs", "shape"),
    ("optimize", "costs only the last", RETURN_OPTIMIZE, "return params, grads, cost", "costs", "kind"),
    ("optimize", "costs as one row", RETURN_OPTIMIZE, "return params, grads, np.array([[*costs, 0]])", "costs", "shape"),
    ("optimize", "costs after their step", "costs.append(cost)", "costs.append(propagate(w, b, X, Y)[1])", "costs",
     "values"),
    ("optimize", "w one step short", '{"w": w,', '{"w": w + learning_rate * grads["dw"],', 'params["w"]', "values"),
    ("optimize", "params without b", '"b": b}', '"bias": b}', 'params["b"]', "kind"),
    ("predict", "without the axis of units", RETURN_PREDICT, "return Y_prediction[0]", "Y_prediction", "shape"),
    ("predict", "as a column", RETURN_PREDICT, "return Y_prediction.T", "Y_prediction", "shape"),
    ("predict", "as text", RETURN_PREDICT, "return str(Y_prediction)", "Y_prediction", "kind"),
    ("predict", "as 1 and -1", RETURN_PREDICT, "return 2 * Y_prediction - 1", "Y_prediction", "values"),
    ("predict", "as list", RETURN_PREDICT, "return Y_prediction.tolist()", "Y_prediction", "kind"),
    ("model", "costs missing", '"costs": costs', '"cost": costs', 'result["costs"]', "kind"),
    ("model", "predictions as score", '"Y_prediction_test": Y_prediction_test',
     '"Y_prediction_test": Y_prediction_test.mean()', 'result["Y_prediction_test"]', "shape"),
    ("flatten_images", "one column for all", "return X", "return X.reshape(-1, 1)", "X", "shape"),
    ("flatten_images", "columns turned round", "return X", "return X[:, ::-1]", "X", "values"),
    ("flatten_images", "colours first", "return X", "return images.transpose(0, 3, 1, 2).reshape(m, -1).T", "X", "values"),
    ("standardize", "cut to whole numbers", "return X_scaled", "return X_scaled.astype(X.dtype)", "X", "values"),
    ("standardize", "in single precision off by rounding", "return X_scaled", "return X_scaled * 1.00001", "X", "values"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "old", "new", "output", "kind"),
    [pytest.param(n, *rest, id=f"{n}-{slip}") for n, slip, *rest in SLIPS],
)
def test_slip_is_found_and_costs_its_own_output_only(name, old, new, output, kind, solution):
    result = checked(edited(solution, name, old, new), name)
    found = {f.kind for c in result.cases if (f := c.finding(output))}
    assert kind in found
    assert result.outputs[output][0] == 0
    lost = {other for other, (points, most) in result.outputs.items() if points < most}
    # What shares a returned value shares its fate: the costs of `propagate`, both gradients of a tuple.
    exercise = LESSON.exercise(name)
    about = {o: value for one in read_references(LESSON, exercise) for o, value in exercise.judged(one.case).items()}
    assert {about[one].split("[")[0] for one in lost} == {output.split("[")[0]}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("propagate", RETURN_PROPAGATE, "return cost", id="propagate-one value of two"),
        pytest.param("propagate", RETURN_PROPAGATE, "return", id="propagate-nothing"),
        pytest.param("propagate", RETURN_PROPAGATE, "print(grads, cost)", id="propagate-prints instead"),
        pytest.param("propagate", RETURN_PROPAGATE, "return ()", id="propagate-no values"),
        pytest.param("propagate", RETURN_PROPAGATE, "yield grads, cost", id="propagate-a generator"),
        pytest.param("optimize", RETURN_OPTIMIZE, "return params, costs", id="optimize-two values of three"),
        pytest.param("model", "return {", "{", id="model-return left out"),
    ],
)
def test_what_cannot_be_taken_apart_earns_nothing_and_says_so_once_a_case(name, old, new, solution):
    result = checked(edited(solution, name, old, new), name)
    assert result.points == 0
    assert [[f.kind for f in c.findings] for c in result.cases] == [["kind"]] * len(result.cases)


def test_values_in_another_order_are_not_right(solution):
    assert checked(edited(solution, "propagate", RETURN_PROPAGATE, "return cost, grads"), "propagate").points == 0


# ---- `compare` alone

small_gradients = np.array([[1e-9], [-2e-9], [3e-10]])


@pytest.mark.parametrize(
    ("expected", "actual", "kind"),
    [
        pytest.param(small_gradients, np.zeros((3, 1)), "values", id="zeros for small gradients"),
        pytest.param(small_gradients, -small_gradients, "values", id="small gradients with the sign turned"),
        pytest.param(small_gradients, small_gradients.T, "shape", id="a row that broadcasts to a column"),
        pytest.param(np.ones((3, 1)), np.ones((3, 3)), "shape", id="an array that broadcasts to more"),
        pytest.param(np.ones((1, 5)), np.ones(5), "shape", id="(m,) for (1, m)"),
        pytest.param(np.ones((1, 5)), 1.0, "shape", id="a number for an array"),
        pytest.param(1.0, np.ones((1, 5)), "shape", id="an array for a number"),
        pytest.param(1e-20, 0.0, "values", id="zero for a tiny number"),
        pytest.param(np.array([1.0, np.pi]), np.array([1, 3]), "values", id="cut to whole numbers"),
        pytest.param(np.ones(2), np.array([1, np.nan]), "not_finite", id="NaN"),
        pytest.param(np.ones(2), np.array([1, np.inf]), "not_finite", id="infinite"),
        pytest.param(np.ones(2), np.ones(2, dtype=complex), "dtype", id="complex"),
        pytest.param(np.ones(2), np.array([1, None]), "dtype", id="objects"),
        pytest.param(np.ones(2), "ones", "kind", id="text"),
        pytest.param(np.ones(2), None, "kind", id="None"),
        pytest.param(np.ones(2), [1.0, 1.0], "kind", id="list for array"),
        pytest.param(np.ones(2), Unsupported("decimal.Decimal"), "unsupported", id="not plain data"),
        pytest.param({"W": 1.0}, {"w": 1.0}, "kind", id="missing entry"),
        pytest.param({"W": 1.0}, [("W", 1.0)], "kind", id="pairs for a dictionary"),
        pytest.param([1.0, 2.0], [1.0], "shape", id="entry too few"),
        pytest.param([1.0, 2.0], [1.0, 2.5], "values", id="entry differs"),
        pytest.param([1.0], 1.0, "kind", id="number for a list"),
        pytest.param("relu", "sigmoid", "values", id="other text"),
        pytest.param("relu", np.ones(2), "values", id="array for text"),
        pytest.param(None, np.ones(2), "values", id="array for None"),
        pytest.param(True, False, "values", id="property that does not hold"),
        pytest.param(True, np.bool_(False), "values", id="property that does not hold, of numpy"),
    ],
)
def test_difference(expected, actual, kind):
    assert compare(expected, actual).kind == kind


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param(np.ones((1, 1)), 1, id="number for (1, 1)"),
        pytest.param(1.0, np.ones((1, 1, 1)), id="(1, 1, 1) for number"),
        pytest.param(np.ones((2, 3)), np.ones((2, 3), dtype=bool), id="mask of booleans"),
        pytest.param(np.zeros((0, 3)), np.zeros((0, 3)), id="no entries"),
        pytest.param(np.zeros((2, 1)), np.full((2, 1), 1e-13), id="rounding at zero"),
        pytest.param(np.array([1e9, 0.0]), np.array([1e9, 1e-3]), id="rounding of the largest entry"),
        pytest.param((2, 3), [2, 3], id="list for tuple"),
        pytest.param([1.0, 2.0], np.array([1.0, 2.0]), id="array for list"),
        pytest.param({"a": 1.0}, {"a": 1.0, "b": 2.0}, id="entry too many"),
        pytest.param(np.bool_(True), True, id="property that holds"),
    ],
)
def test_no_difference(expected, actual):
    assert compare(expected, actual) is None


@given(finite_arrays)
def test_an_array_equals_itself(array):
    assert compare(array, array.copy()) is None


@given(finite_arrays)
def test_an_array_as_float64_equals_itself(array):
    assert compare(array, array.astype(float)) is None


# Two numbers of this kind differ by more than the tolerance as soon as they are told apart by a thousandth.
entries = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


@st.composite
def perturbed(draw):
    """(array, the same with some entries changed by more than the tolerance, the first changed index)."""
    shape = draw(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4).filter(lambda s: np.prod(s) > 1))
    array = draw(hnp.arrays(float, shape, elements=entries))
    changed = draw(st.sets(st.integers(0, array.size - 1), min_size=1))
    other = array.copy()
    share = draw(st.floats(2, 1e6)) * draw(st.sampled_from([-1, 1]))
    for index in changed:
        tolerance = max(RTOL * abs(array.flat[index]), FLOOR * max(np.abs(array).max(), 1e-3))
        other.flat[index] += share * tolerance
    return array, other, np.unravel_index(min(changed), shape)


@given(perturbed())
def test_a_change_above_tolerance_is_found_at_its_first_index(drawn):
    array, other, first = drawn
    difference = compare(array, other)
    assert difference.kind == "values"
    assert f"first difference at [{', '.join(map(str, first))}]:" in difference.message


@given(hnp.arrays(float, shapes, elements=st.floats(-1e300, 1e300)), st.floats(-0.5, 0.5))
def test_a_change_below_tolerance_is_forgiven(array, share):
    assert compare(array, array + share * RTOL * array) is None


@given(finite_arrays, finite_arrays)
def test_nothing_broadcasts(one, other):
    if one.shape != other.shape and not one.size == other.size == 1:
        assert compare(one, other).kind == "shape"


def test_a_looser_tolerance_forgives_more():
    array = np.array([1e-3, -2.0, 3e4])
    assert compare(array, array * (1 + 1e-4))
    assert compare(array, array * (1 + 1e-4), rtol=1e-3) is None


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_two_numbers_are_shown_apart(one, other):
    if one != other:
        assert len(set(apart(one, other))) == 2


alike = shapes.flatmap(lambda shape: st.tuples(hnp.arrays(real_dtypes, shape), hnp.arrays(dtypes, shape)))


@given(st.tuples(reference_values, answers) | alike)
def test_comparing_never_raises(pair):
    difference = compare(*pair)
    assert difference is None or difference.message


@given(st.integers(5_000, 6_000))
def test_comparing_never_raises_for_a_number_too_long_to_print(digits):
    for expected in (1.0, "relu", None, True, [1.0], {"a": 1.0}):
        assert compare(expected, 10**digits)
        assert compare(expected, {10**digits: 1.0})


@given(answers)
def test_describing_never_raises(value):
    assert describe(value)


@pytest.mark.parametrize("exercise", LESSON.exercises, ids=lambda exercise: exercise.name)
@given(value=answers)
def test_judging_arbitrary_values_never_raises(exercise, value):
    for reference in read_references(LESSON, exercise)[:2]:
        findings = judge(exercise, reference, Outcome(value))
        assert all(finding.message for finding in findings)


def test_an_unexpected_property_function_is_the_submissions_problem_only():
    """What `observe` cannot make sense of is no error of the grader."""
    observed = Exercise("f", ("x",), {"small": 1}, lambda _rng: iter(()), observe=lambda _case, x: {"small": x[0] < 1})
    reference = Reference(case("any"), {"small": True})
    assert [f.kind for f in judge(observed, reference, Outcome(5))] == ["kind"]
    assert judge(observed, reference, Outcome([0])) == ()


def test_numbers_too_far_apart_to_subtract_differ_without_a_warning():
    assert compare(np.array([1e308]), np.array([-1e308])).kind == "values"


def test_subclasses_of_arrays_are_not_plain_data():
    matrix = np.ones((2, 2)).view(type("Mine", (np.ndarray,), {}))
    assert isinstance(call(lambda: matrix, case("any")).value, Unsupported)


@pytest.mark.parametrize(("off", "dtype", "passes"), [(3e-6, "f4", True), (3e-6, "f8", False), (1e-4, "f4", False)])
def test_single_precision_is_forgiven_its_rounding_alone(off, dtype, passes):
    expected = np.array([[0.7, -2.5], [31.0, 4.25]])
    assert (compare(expected, (expected * (1 + off)).astype(dtype)) is None) == passes
