"""Lesson 01: the laws its twelve functions obey. Run one exercise's with `pytest -k softmax`."""

from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import nnlab
import nnlab.given.numpy_basics as given_to_later_lessons
from source_solutions import numpy_basics
from source_solutions.numpy_basics import (
    L1,
    L2,
    absolute_rectifier,
    image2vector,
    leaky_relu,
    normalize_rows,
    perceptron,
    relu,
    sigmoid,
    sigmoid_derivative,
    softmax,
    tanh_from_sigmoid,
)

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "source_solutions" / "numpy_basics" / "lesson.py"
small = st.integers(1, 6)
shapes = st.lists(st.integers(1, 4), max_size=3).map(tuple)


def numbers(low, high):
    """Arrays of any shape, that of a number included."""
    return shapes.flatmap(lambda shape: arrays(float, shape, elements=st.floats(low, high)))


def tables(low, high):
    return st.tuples(small, small).flatmap(lambda shape: arrays(float, shape, elements=st.floats(low, high)))


@st.composite
def answers(draw):
    """(yhat, y), each (m,)."""
    m = draw(small)
    return tuple(draw(arrays(float, m, elements=st.floats(-100, 100))) for _ in range(2))


@pytest.fixture
def no_warning():
    with np.errstate(all="raise", under="ignore"):
        yield


def is_the_slope(derivative, function, x):
    measured = [nnlab.numerical_gradient(function, place) for place in np.ravel(x)]
    np.testing.assert_allclose(np.ravel(derivative), measured, atol=1e-8)


# ---- image2vector


@given(small, small, st.integers(1, 3))
def test_image2vector_is_undone_by_reshape(height, width, channels):
    image = np.arange(height * width * channels).reshape(height, width, channels)
    column = image2vector(image)
    assert column.shape == (image.size, 1)
    np.testing.assert_array_equal(column.reshape(image.shape), image)
    assert column[(height - 1) * width * channels, 0] == image[height - 1, 0, 0]


# ---- normalize_rows


@given(tables(0.1, 100))
def test_normalize_rows_keeps_directions_and_gives_length_1(x):
    result = normalize_rows(x)
    assert result.shape == x.shape
    np.testing.assert_allclose(np.sum(result**2, axis=1), 1)
    np.testing.assert_allclose(np.sum(result * x, axis=1), np.sqrt(np.sum(x**2, axis=1)))


@given(tables(0.1, 100), st.floats(0.01, 100))
def test_normalize_rows_does_not_depend_on_lengths(x, factor):
    np.testing.assert_allclose(normalize_rows(factor * x), normalize_rows(x))


# ---- perceptron


@given(tables(-10, 10), st.floats(-10, 10), st.integers(0, 2**32 - 1))
def test_perceptron_is_one_sign_for_each_example(x, b, seed):
    w = np.random.default_rng(seed).normal(size=(x.shape[0], 1))
    result = perceptron(x, w, b)
    assert result.shape == (1, x.shape[1])
    for i in range(x.shape[1]):
        assert result[0, i] == (1 if w[:, 0] @ x[:, i] + b >= 0 else -1) or abs(w[:, 0] @ x[:, i] + b) < 1e-12


def test_perceptron_answers_1_at_0():
    assert perceptron(np.array([[1.0, 0.0, -1.0]]), np.array([[2.0]]), 0.0).tolist() == [[1, 1, -1]]


CORNERS = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])


@pytest.mark.parametrize(("b", "wanted"), [(-1.5, [-1, -1, -1, 1]), (-0.5, [-1, 1, 1, 1])])
def test_perceptron_and_or(b, wanted):
    assert perceptron(CORNERS, np.array([[1.0], [1.0]]), b)[0].tolist() == wanted


@given(arrays(float, (2, 1), elements=st.floats(-100, 100)), st.floats(-100, 100))
def test_perceptron_is_never_xor(w, b):
    assert perceptron(CORNERS, w, b)[0].tolist() != [-1, 1, 1, -1]


def test_perceptron_after_two_relus_is_xor():
    hidden = relu(np.ones((2, 2)) @ CORNERS + np.array([[0.0], [-1.0]]))
    assert perceptron(hidden, np.array([[1.0], [-2.0]]), -0.5)[0].tolist() == [-1, 1, 1, -1]


# ---- sigmoid


@given(numbers(-1e300, 1e300))
@pytest.mark.usefixtures("no_warning")
def test_sigmoid_lies_between_0_and_1_and_is_symmetric(x):
    s = sigmoid(x)
    assert np.shape(s) == x.shape
    assert np.all((s >= 0) & (s <= 1))
    np.testing.assert_allclose(s + sigmoid(-x), 1, rtol=1e-15)


@given(st.floats(-30, 30))
def test_sigmoid_is_its_formula(x):
    assert sigmoid(x) == pytest.approx(1 / (1 + np.exp(-x)), rel=1e-14)


@given(st.floats(-700, -40))
def test_sigmoid_is_accurate_where_it_is_tiny(x):
    assert sigmoid(x) == pytest.approx(np.exp(x), rel=1e-12)


@pytest.mark.usefixtures("no_warning")
def test_sigmoid_far_out():
    assert sigmoid(np.array([[-1000, 0, 1000]])).tolist() == [[0, 0.5, 1]]
    assert (sigmoid(1000), sigmoid(-1000.0)) == (1, 0)


GIVEN = [name for name, value in vars(given_to_later_lessons).items() if callable(value)]


@pytest.mark.parametrize("name", [name for name in GIVEN if hasattr(numpy_basics, name)])
@given(x=tables(-1e4, 1e4))
def test_functions_given_to_later_lessons_are_these(name, x):
    for value in (x, x[0, 0], float(x[0, 0]), x.astype(int), int(x[0, 0])):
        one, other = (getattr(module, name)(value) for module in (given_to_later_lessons, numpy_basics))
        np.testing.assert_array_equal(one, other)
        assert type(one) is type(other)


# ---- sigmoid_derivative


@given(numbers(-8, 8))
def test_sigmoid_derivative_is_the_measured_slope(x):
    result = sigmoid_derivative(x)
    assert np.shape(result) == x.shape
    is_the_slope(result, sigmoid, x)


@given(st.floats(-30, 30))
def test_sigmoid_derivative_agrees_with_autograd(x):
    slope = autograd.grad(lambda v: 1 / (1 + anp.exp(-v)))(x)
    assert sigmoid_derivative(x) == pytest.approx(slope, rel=1e-9, abs=1e-15)


def test_sigmoid_derivative_at_6_is_what_the_lesson_says():
    assert sigmoid_derivative(6.0) == pytest.approx(0.002, abs=0.0005)
    assert sigmoid_derivative(20.0) < 1e-8


# ---- relu and its relatives


@given(numbers(-100, 100))
def test_relu_is_never_negative_and_splits_a_number(x):
    assert np.shape(relu(x)) == x.shape
    assert np.all(relu(x) >= 0)
    np.testing.assert_array_equal(relu(x) - relu(-x), x)


@given(numbers(-100, 100))
def test_leaky_relu_and_absolute_rectifier_are_sums_of_relus(x):
    np.testing.assert_allclose(leaky_relu(x), relu(x) - 0.01 * relu(-x))
    np.testing.assert_allclose(leaky_relu(x, 0.3), relu(x) - 0.3 * relu(-x))
    np.testing.assert_array_equal(absolute_rectifier(x), relu(x) + relu(-x))


@given(numbers(-1e3, 1e3))
@pytest.mark.usefixtures("no_warning")
def test_tanh_from_sigmoid_is_tanh(x):
    np.testing.assert_allclose(tanh_from_sigmoid(x), np.tanh(x), rtol=1e-12, atol=1e-15)


# ---- softmax


@given(tables(-1e300, 1e300))
@pytest.mark.usefixtures("no_warning")
def test_softmax_rows_are_probabilities(x):
    # Differences of two such numbers may overflow; halves of them do not.
    result = softmax(x / 2)
    assert result.shape == x.shape
    assert np.all((result >= 0) & (result <= 1))
    np.testing.assert_allclose(result.sum(axis=1), 1)


@given(tables(-20, 20), st.floats(-1000, 1000))
def test_softmax_is_its_formula_and_does_not_see_a_shift(x, shift):
    np.testing.assert_allclose(softmax(x), np.exp(x) / np.exp(x).sum(axis=1, keepdims=True), rtol=1e-12)
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=1e-9)


@given(st.floats(-500, 500), st.floats(-500, 500))
def test_softmax_of_two_is_the_sigmoid(one, other):
    assert softmax(np.array([[one, other]]))[0, 0] == pytest.approx(sigmoid(one - other), rel=1e-12)


# ---- L1, L2


@given(answers())
def test_L1_and_L2_are_sums_over_examples(pair):
    yhat, y = pair
    assert L1(yhat, y) == pytest.approx(sum(abs(a - b) for a, b in zip(yhat, y, strict=True)))
    assert L2(yhat, y) == pytest.approx(sum((a - b) ** 2 for a, b in zip(yhat, y, strict=True)))
    assert np.ndim(L1(yhat, y)) == np.ndim(L2(yhat, y)) == 0
    assert (L1(y, y), L2(y, y)) == (0, 0)


# ---- what the lesson says of the digits


@pytest.fixture(scope="module")
def by_hand():
    """Sums of the perceptron whose weights are mean odd picture minus mean even one, and labels of the test pictures."""
    digits = nnlab.load_dataset("digits")
    X, X_test = (x.reshape(-1, 64).T / 16 for x in (digits.train_x, digits.test_x))
    odd, even = (X[:, digits.train_y[0] == y].mean(axis=1, keepdims=True) for y in (1, 0))
    w, b = odd - even, float((even.T @ even - odd.T @ odd)[0, 0]) / 2
    assert w.T @ (odd + even) / 2 + b == pytest.approx(0, abs=1e-12)
    return (w.T @ X_test + b)[0], digits.test_y[0], perceptron(X_test, w, b)[0]


def test_perceptron_by_hand_is_right_on_84_percent(by_hand):
    _, y, answers = by_hand
    assert 100 * np.mean((answers == 1) == y) == pytest.approx(84, abs=0.5)


def test_L2_is_best_for_a_soft_answer_of_middle_steepness(by_hand):
    z, y, answers = by_hand
    hard = (answers + 1) / 2
    assert L1(hard, y) == L2(hard, y)
    losses = [L2(sigmoid(factor * z), y) for factor in (0.1, 0.3, 1, 3, 10, 100)]
    assert np.argmin(losses) == 3
    assert losses[3] < L2(hard, y) < losses[0]


# ---- the text


def test_the_glossary_has_three_languages_and_no_word_twice():
    text = SOURCE.read_text(encoding="utf-8").split("# ## Glossary\n")[1].split("# ## ")[0]
    rows = [line.removeprefix("# |").removesuffix("|").split(" | ") for line in text.splitlines() if "|" in line][2:]
    assert len(rows) > 50
    assert all(len(row) == 4 and all(cell.strip() for cell in row[:3]) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
