"""Lesson 04: the laws its six functions obey. Run one exercise's with `pytest -k backward_propagation_n`."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnlab
from nnlab.given import relu, sigmoid
from source_solutions.gradient_checking import (
    backward_propagation,
    backward_propagation_n,
    forward_propagation,
    forward_propagation_n,
    gradient_check,
    gradient_check_n,
)
from source_solutions.gradient_checking import lesson as gradient_checking

small = st.integers(1, 5)
# The chance of a kink within reach of a measurement is nil for these numbers.
FAR_FROM_KINK = 1e-4
# Beyond it, 1 - a has lost so many digits that what is measured of its logarithm is coarse.
SURE = 2.5


def parameters_of(sizes, rng, bias=0.5):
    made = {}
    for layer in range(1, len(sizes)):
        before, after = sizes[layer - 1], sizes[layer]
        made[f"W{layer}"] = rng.normal(size=(after, before)) * np.sqrt(2 / before)
        made[f"b{layer}"] = bias * rng.normal(size=(after, 1))
    return made


@st.composite
def problems(draw):
    """(X, Y, parameters, cache); no sum of a hidden layer is near relu's kink, and no probability near 0 or 1."""
    n_x, n_1, n_2, m = (draw(small) for _ in range(4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    while True:
        X, parameters = rng.normal(size=(n_x, m)), parameters_of((n_x, n_1, n_2, 1), rng)
        cache = forward_propagation_n(X, np.zeros((1, m)), parameters)[1]
        nearest = min(np.abs(cache[0]).min(), np.abs(cache[4]).min())
        if nearest > FAR_FROM_KINK and np.abs(cache[8]).max() < SURE:
            return X, rng.integers(0, 2, (1, m)), parameters, cache


# ---- the smallest model


@given(st.floats(-10, 10), st.floats(-10, 10))
def test_backward_propagation_is_the_measured_slope(x, theta):
    measured = nnlab.numerical_gradient(lambda t: forward_propagation(x, t), theta)
    assert backward_propagation(x, theta) == pytest.approx(measured, abs=1e-7)


# ---- gradient_check


@given(st.floats(0.5, 10), st.floats(-10, 10))
def test_gradient_check_of_the_right_derivative_is_small(x, theta):
    assert 0 <= gradient_check(x, theta) < 1e-6


@pytest.mark.parametrize(
    ("factor", "difference"), [(2, 1 / 3), (0.5, 1 / 3), (-1, 1), (0, 1), (7, 6 / 8), (1.1, 0.1 / 2.1)]
)
def test_gradient_check_of_a_wrong_derivative(factor, difference, monkeypatch):
    monkeypatch.setattr(gradient_checking, "backward_propagation", lambda x, _theta: factor * x)
    for x in (3.0, -3.0):
        assert gradient_check(x, 4.0) == pytest.approx(difference, rel=1e-6)


@given(st.floats(0.5, 2), st.floats(0.5, 2), st.floats(0.01, 0.3))
def test_gradient_check_of_a_cubic_is_off_by_epsilon_squared(x, theta, epsilon):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gradient_checking, "forward_propagation", lambda x, theta: x * theta**3)
        patch.setattr(gradient_checking, "backward_propagation", lambda x, theta: 3 * x * theta**2)
        expected = epsilon**2 / (6 * theta**2 + epsilon**2)
        assert gradient_check(x, theta, epsilon) == pytest.approx(expected, rel=1e-6)


# ---- the V


def test_errors_of_the_slope_of_exp_fall_and_rise_as_the_lesson_says():
    sizes = 10.0 ** np.arange(0, -15.5, -0.5)
    one = np.abs((np.exp(1 + sizes) - np.exp(1)) / sizes / np.e - 1)
    two = np.abs((np.exp(1 + sizes) - np.exp(1 - sizes)) / (2 * sizes) / np.e - 1)
    straight = slice(4, 9)
    assert np.polyfit(np.log(sizes[straight]), np.log(one[straight]), 1)[0] == pytest.approx(1, abs=0.02)
    assert np.polyfit(np.log(sizes[straight]), np.log(two[straight]), 1)[0] == pytest.approx(2, abs=0.02)
    assert two.min() < 1e-10 < 1e-9 < one.min() < 1e-7
    assert min(one[-1], two[-1]) > 1e-3


# ---- forward_propagation_n


@given(problems())
def test_forward_propagation_n_is_three_layers(problem):
    X, Y, p, cache = problem
    cost, again = forward_propagation_n(X, Y, p)
    A2 = relu(p["W2"] @ relu(p["W1"] @ X + p["b1"]) + p["b2"])
    A3 = sigmoid(p["W3"] @ A2 + p["b3"])
    assert cost == pytest.approx(float(-np.mean(np.log(np.where(Y == 1, A3, 1 - A3)))), rel=1e-12)
    assert len(again) == 12
    for one, other in zip(cache, again, strict=True):
        np.testing.assert_array_equal(one, other)


@given(st.floats(1, 1e300), st.lists(st.sampled_from([0, 1]), min_size=2, max_size=2))
def test_forward_propagation_n_is_finite_and_silent(scale, labels):
    p = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1)), "W2": np.array([[1.0]]), "b2": np.zeros((1, 1))}
    p |= {"W3": np.array([[2.0]]), "b3": np.array([[-1.0]])}
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        cost, _ = forward_propagation_n(np.array([[scale / 4, 0.0]]), np.array([labels]), p)
    assert 0 <= cost < np.inf


# ---- backward_propagation_n


@given(problems())
def test_backward_propagation_n_is_the_measured_gradient(problem):
    X, Y, p, cache = problem
    gradients = backward_propagation_n(X, Y, cache)
    for name in p:
        measured = nnlab.numerical_gradient(lambda v, n=name: forward_propagation_n(X, Y, {**p, n: v})[0], p[name])
        assert gradients["d" + name].shape == p[name].shape
        np.testing.assert_allclose(gradients["d" + name], measured, atol=1e-7)


@given(problems())
def test_backward_propagation_n_agrees_with_autograd(problem):
    X, Y, p, cache = problem
    m = X.shape[1]
    names = ("A1", "Z1", "A2", "Z2", "Z3")

    def sum_of_losses(p, added):
        # What is added to an array inside the network is how its own gradient is asked for.
        Z1 = anp.dot(p["W1"], X) + p["b1"] + added["Z1"]
        Z2 = anp.dot(p["W2"], anp.maximum(Z1, 0) + added["A1"]) + p["b2"] + added["Z2"]
        z = anp.dot(p["W3"], anp.maximum(Z2, 0) + added["A2"]) + p["b3"] + added["Z3"]
        return anp.sum(anp.log1p(anp.exp((1 - 2 * Y) * z)))

    gradients = backward_propagation_n(X, Y, cache)
    arrays = dict(zip(("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3"), cache[:9], strict=True))
    nothing = {name: np.zeros_like(arrays[name]) for name in names}
    by_parameter = autograd.grad(sum_of_losses, 0)(p, nothing)
    by_array = autograd.grad(sum_of_losses, 1)(p, nothing)
    for name in p:
        np.testing.assert_allclose(gradients["d" + name], by_parameter[name] / m, rtol=1e-9, atol=1e-12)
    for name in names:
        np.testing.assert_allclose(gradients["d" + name], by_array[name], rtol=1e-9, atol=1e-12)


def test_backward_propagation_n_lets_nothing_through_at_zero():
    one, none = np.ones((1, 1)), np.zeros((1, 1))
    cost, cache = forward_propagation_n(
        none, one, {"W1": one, "b1": none, "W2": one, "b2": none, "W3": one, "b3": none}
    )
    gradients = backward_propagation_n(none, one, cache)
    assert cost == pytest.approx(np.log(2))
    assert (gradients["dA2"][0, 0], gradients["dZ2"][0, 0]) == (-0.5, 0)


# ---- gradient_check_n


@given(problems())
def test_gradient_check_n_of_the_right_gradients_is_small(problem):
    X, Y, p, cache = problem
    gradients = backward_propagation_n(X, Y, cache)
    # Beside a gradient near 0 the rounding of the cost is large.
    assume(max(np.abs(gradients[f"d{name}"]).max() for name in p) > 1e-2)
    before = {name: array.copy() for name, array in p.items()}
    assert 0 <= gradient_check_n(p, gradients, X, Y) < 1e-6
    for name in p:
        np.testing.assert_array_equal(p[name], before[name])
    wrong = {name: 2 * array for name, array in gradients.items()}
    assert gradient_check_n(p, wrong, X, Y) == pytest.approx(1 / 3, rel=1e-5)


@given(problems(), st.integers(0, 2**32 - 1))
def test_gradient_check_n_finds_one_wrong_entry(problem, seed):
    X, Y, p, cache = problem
    gradients = backward_propagation_n(X, Y, cache)
    name = np.random.default_rng(seed).choice(list(p))
    gradients["d" + name][-1, -1] += 0.1
    assert gradient_check_n(p, gradients, X, Y) > 1e-3


# ---- what the lesson is given


@given(st.lists(st.tuples(small, small), min_size=1, max_size=5))
def test_vector_and_dictionary_are_inverse(shapes):
    rng = np.random.default_rng(0)
    arrays = {f"P{i}": rng.normal(size=shape) for i, shape in enumerate(shapes)}
    vector = nnlab.dictionary_to_vector(arrays)
    assert vector.shape == (sum(rows * columns for rows, columns in shapes), 1)
    back = nnlab.vector_to_dictionary(vector, arrays)
    assert list(back) == list(arrays)
    for name in arrays:
        np.testing.assert_array_equal(back[name], arrays[name])
    vector[:] = 0
    assert all(np.all(array != 0) for array in back.values())


def test_dictionary_to_vector_takes_the_names_it_is_given():
    gradients = {"dZ1": np.zeros((3, 2)), "db1": np.array([[5]]), "dW1": np.array([[1, 2], [3, 4]])}
    assert nnlab.dictionary_to_vector(gradients, ["dW1", "db1"]).ravel().tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("name", "wrong"), [("A", {"dW1", "db1"}), ("B", set()), ("C", {"db2"})])
def test_suspects_are_wrong_where_the_lesson_says(name, wrong):
    rng = np.random.default_rng(1)
    X, Y, p = rng.normal(size=(4, 7)), np.array([[1, 0, 0, 1, 1, 0, 1]]), parameters_of((4, 5, 3, 1), rng)
    cost_and_cache = forward_propagation_n(X, Y, p)
    gradients = nnlab.suspects(backward_propagation_n)[name](X, Y, cost_and_cache[1])
    right = backward_propagation_n(X, Y, cost_and_cache[1])
    assert {"d" + n for n in p if not np.allclose(gradients["d" + n], right["d" + n])} == wrong
    assert all(gradients[key].shape == right[key].shape for key in right)
    assert (gradient_check_n(p, gradients, X, Y) > 1e-3) == bool(wrong)


def test_the_kink_misleads_the_check_and_a_smaller_epsilon_does_not():
    rng = np.random.default_rng(1)
    X, Y, p = rng.normal(size=(4, 7)), np.array([[1, 0, 0, 1, 1, 0, 1]]), parameters_of((4, 5, 3, 1), rng)
    p["b1"][0, 0] -= (p["W1"] @ X + p["b1"])[0, 3] - 3e-8
    gradients = backward_propagation_n(X, Y, forward_propagation_n(X, Y, p)[1])
    assert gradient_check_n(p, gradients, X, Y) > 1e-3
    assert gradient_check_n(p, gradients, X, Y, 1e-8) < 1e-6


def train(backward, seed, X, Y):
    p = parameters_of((64, 20, 7, 1), np.random.default_rng(seed), bias=0.0)
    for _ in range(1000):
        gradients = backward(X, Y, forward_propagation_n(X, Y, p)[1])
        p = {name: p[name] - 0.1 * gradients["d" + name] for name in p}
    return p


def percent_right(p, X, Y):
    return 100 * np.mean((forward_propagation_n(X, Y, p)[1][9] > 0.5) == Y)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_all_suspects_learn_as_well_as_the_lesson_says(seed):
    digits = nnlab.load_dataset("digits")
    X, X_test = (images.reshape(len(images), -1).T / 16 for images in (digits.train_x, digits.test_x))
    trained = {n: train(b, seed, X, digits.train_y) for n, b in nnlab.suspects(backward_propagation_n).items()}
    in_training, in_test = (
        {name: percent_right(p, *part) for name, p in trained.items()}
        for part in ((X, digits.train_y), (X_test, digits.test_y))
    )
    assert 92 < in_training["A"] < 97.5 < 99 < min(in_training["B"], in_training["C"])
    assert 90 < in_test["A"] < 95 < min(in_test["B"], in_test["C"])
