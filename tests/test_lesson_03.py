"""Lesson 03: the laws its eight functions obey. Run one exercise's with `pytest -k backward_propagation`."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab
from nnlab.given import logistic_regression, sigmoid
from source_solutions import logistic_regression as lesson_02
from source_solutions.shallow_net import (
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
    layer_sizes,
    nn_model,
    predict,
    update_parameters,
)

NAMES = ("W1", "b1", "W2", "b2")
small = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)


@st.composite
def problems(draw):
    """(X, Y, parameters) with probabilities that do not round."""
    n_x, n_h, m = draw(small), draw(small), draw(small)
    rng = np.random.default_rng(draw(seeds))
    parameters = {
        "W1": rng.normal(size=(n_h, n_x)),
        "b1": rng.normal(size=(n_h, 1)),
        "W2": rng.normal(size=(1, n_h)),
        "b2": rng.normal(size=(1, 1)),
    }
    return rng.normal(size=(n_x, m)), rng.integers(0, 2, (1, m)), parameters


def gradients(X, Y, parameters):
    return backward_propagation(parameters, forward_propagation(X, parameters)[1], X, Y)


def percent(parameters, X, Y):
    return 100 * float(np.mean(predict(parameters, X) == Y))


def trained(seed, *arguments):
    np.random.seed(seed)
    return nn_model(*arguments)


# ---- layer_sizes


@given(small, small, small)
def test_layer_sizes_are_rows(n_x, n_y, m):
    assert layer_sizes(np.zeros((n_x, m)), np.zeros((n_y, m))) == (n_x, 4, n_y)


# ---- initialize_parameters


@given(small, small, small)
def test_initialize_parameters_shapes(n_x, n_h, n_y):
    parameters = initialize_parameters(n_x, n_h, n_y)
    assert {name: value.shape for name, value in parameters.items()} == {
        "W1": (n_h, n_x),
        "b1": (n_h, 1),
        "W2": (n_y, n_h),
        "b2": (n_y, 1),
    }
    assert not parameters["b1"].any()
    assert not parameters["b2"].any()


def test_initialize_parameters_are_small_and_normal():
    weights = initialize_parameters(200, 300, 250)
    for name in ("W1", "W2"):
        assert weights[name].std() == pytest.approx(0.01, rel=0.02)
        assert abs(weights[name].mean()) < 2e-4
        assert np.mean(np.abs(weights[name]) < 0.01) == pytest.approx(0.6827, abs=0.02)


# ---- forward_propagation


@given(problems())
def test_forward_propagation_is_neurons_side_by_side(problem):
    X, _, parameters = problem
    A2, cache = forward_propagation(X, parameters)
    for i in range(X.shape[1]):
        hidden = [np.tanh(row @ X[:, i] + b[0]) for row, b in zip(parameters["W1"], parameters["b1"], strict=True)]
        np.testing.assert_allclose(cache["A1"][:, i], hidden, rtol=1e-12)
        np.testing.assert_allclose(A2[0, i], sigmoid(parameters["W2"][0] @ hidden + parameters["b2"][0, 0]), rtol=1e-12)
    assert cache["A2"] is A2
    np.testing.assert_array_equal(sigmoid(cache["Z2"]), A2)
    np.testing.assert_array_equal(np.tanh(cache["Z1"]), cache["A1"])


@given(problems(), st.sampled_from([1e3, 1e8]))
def test_forward_propagation_of_large_inputs_is_finite_and_silent(problem, scale):
    X, Y, parameters = problem
    large = {name: scale * value for name, value in parameters.items()}
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        A2, cache = forward_propagation(scale * X, large)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(large, cache, scale * X, Y)
    assert np.isfinite(cost)
    assert all(np.isfinite(value).all() for value in grads.values())


# ---- compute_cost


@given(problems())
def test_compute_cost_is_that_of_lesson_02(problem):
    X, Y, parameters = problem
    A2, cache = forward_propagation(X, parameters)
    _, cost = logistic_regression.propagate(np.array([[1.0]]), 0.0, cache["Z2"], Y)
    assert compute_cost(A2, Y) == pytest.approx(cost, rel=1e-12)


def test_compute_cost_of_certainty():
    sure = np.array([[1.0, 0.0]])
    with np.errstate(all="raise"):
        assert compute_cost(sure, np.array([[1, 0]])) == 0
        assert 30 < compute_cost(sure, np.array([[0, 1]])) < np.inf


# ---- backward_propagation


@given(problems())
def test_backward_propagation_is_the_measured_gradient(problem):
    X, Y, parameters = problem
    grads = gradients(X, Y, parameters)
    for name in NAMES:
        measured = nnlab.numerical_gradient(
            lambda v, name=name: compute_cost(forward_propagation(X, parameters | {name: v})[0], Y), parameters[name]
        )
        assert grads["d" + name].shape == parameters[name].shape
        np.testing.assert_allclose(grads["d" + name], measured, atol=1e-7)


@given(problems())
def test_backward_propagation_agrees_with_autograd(problem):
    X, Y, parameters = problem

    def cost_of(W1, b1, W2, b2):
        # Another form of the same cost: log(1 + exp(∓z)).
        z = anp.dot(W2, anp.tanh(anp.dot(W1, X) + b1)) + b2
        return anp.mean(anp.log1p(anp.exp((1 - 2 * Y) * z)))

    grads = gradients(X, Y, parameters)
    for number, name in enumerate(NAMES):
        theirs = autograd.grad(cost_of, number)(*(parameters[n] for n in NAMES))
        np.testing.assert_allclose(grads["d" + name], theirs, rtol=1e-8, atol=1e-12)


@given(problems())
def test_backward_propagation_of_examples_twice_is_the_same(problem):
    X, Y, parameters = problem
    once, twice = gradients(X, Y, parameters), gradients(np.hstack([X, X]), np.hstack([Y, Y]), parameters)
    for name in once:
        np.testing.assert_allclose(once[name], twice[name], rtol=1e-9, atol=1e-14)


@given(problems())
def test_backward_propagation_keeps_equal_units_equal(problem):
    X, Y, parameters = problem
    twins = {
        "W1": np.repeat(parameters["W1"][:1], 2, axis=0),
        "b1": np.repeat(parameters["b1"][:1], 2, axis=0),
        "W2": np.repeat(parameters["W2"][:, :1], 2, axis=1),
        "b2": parameters["b2"],
    }
    grads = gradients(X, Y, twins)
    np.testing.assert_allclose(grads["dW1"][0], grads["dW1"][1], rtol=1e-12)
    np.testing.assert_allclose(grads["db1"][0], grads["db1"][1], rtol=1e-12)
    np.testing.assert_allclose(grads["dW2"][0, 0], grads["dW2"][0, 1], rtol=1e-12)


# ---- update_parameters


@given(problems(), st.floats(0.001, 2))
def test_update_parameters_moves_against_the_gradient_and_leaves_its_arguments(problem, rate):
    X, Y, parameters = problem
    grads = gradients(X, Y, parameters)
    before = {name: value.copy() for name, value in parameters.items()}
    after = update_parameters(parameters, grads, rate)
    assert set(after) == set(NAMES)
    for name in NAMES:
        np.testing.assert_array_equal(parameters[name], before[name])
        np.testing.assert_allclose(before[name] - after[name], rate * grads["d" + name], atol=1e-12)


def test_update_parameters_has_the_rate_1_2():
    ones = {name: np.ones((2, 3)) for name in NAMES}
    after = update_parameters(ones, {"d" + name: np.ones((2, 3)) for name in NAMES})
    np.testing.assert_allclose(after["b1"], np.full((2, 3), -0.2))


# ---- nn_model


@given(problems(), seeds, st.integers(1, 4))
def test_nn_model_is_so_many_steps_down(problem, seed, steps):
    X, Y, parameters = problem
    n_h = parameters["W1"].shape[0]
    np.random.seed(seed)
    expected = initialize_parameters(X.shape[0], n_h, 1)
    for _ in range(steps):
        expected = update_parameters(expected, gradients(X, Y, expected))
    found = trained(seed, X, Y, n_h, steps)
    for name in NAMES:
        np.testing.assert_array_equal(found[name], expected[name])


@pytest.mark.parametrize(("print_cost", "lines"), [(False, 0), (True, 3)])
def test_nn_model_prints_only_when_asked(print_cost, lines, capsys):
    nn_model(np.array([[1.0, -2.0]]), np.array([[1, 0]]), 2, 2001, print_cost)
    assert len(capsys.readouterr().out.splitlines()) == lines


@pytest.mark.parametrize("flower", range(5))
def test_nn_model_separates_the_flower_and_one_neuron_does_not(flower):
    X, Y = nnlab.flower(400, seed=flower)
    neuron = logistic_regression.model(X, Y, X, Y)
    assert 46 <= 100 * np.mean(neuron["Y_prediction_train"] == Y) <= 53
    assert 91.5 <= percent(trained(flower + 1, X, Y, 4, 2000), X, Y) <= 96


@pytest.mark.parametrize(("n_h", "low", "high"), [(1, 69, 70.5), (2, 70, 71), (3, 92, 93)])
def test_nn_model_hidden_sizes(n_h, low, high):
    X, Y = nnlab.flower(400, seed=0)
    assert low <= percent(trained(1, X, Y, n_h, 3000), X, Y) <= high


def test_nn_model_on_digits_beats_one_neuron():
    digits = nnlab.load_dataset("digits")
    X, X_test = (x.reshape(len(x), -1).T / 16 for x in (digits.train_x, digits.test_x))
    parameters = trained(1, X, digits.train_y, 4, 1000)
    assert percent(parameters, X, digits.train_y) > 99.5
    assert percent(parameters, X_test, digits.test_y) > 95


# ---- predict


def test_predict_answers_0_at_exactly_one_half():
    parameters = {name: np.zeros((1, 1)) for name in NAMES} | {"W1": np.ones((1, 1)), "W2": np.ones((1, 1))}
    assert predict(parameters, np.array([[-1.0, -1e-9, 0.0, 1e-9, 1.0]])).tolist() == [[0, 0, 0, 1, 1]]


@given(problems())
def test_predict_does_not_depend_on_the_order_of_the_hidden_units(problem):
    X, _, parameters = problem
    turned = {
        "W1": parameters["W1"][::-1],
        "b1": parameters["b1"][::-1],
        "W2": parameters["W2"][:, ::-1],
        "b2": parameters["b2"],
    }
    one, other = (forward_propagation(X, p)[0] for p in (parameters, turned))
    np.testing.assert_allclose(one, other, rtol=1e-12)
    np.testing.assert_array_equal(predict(parameters, X), one > 0.5)


# ---- what the lesson is given


@given(problems())
def test_given_functions_of_lesson_02_are_its_solutions(problem):
    X, Y, parameters = problem
    w = parameters["W1"][:1].T
    ours, theirs = (module.optimize(w, 0.3, X, Y, 3, 0.2) for module in (logistic_regression, lesson_02))
    np.testing.assert_array_equal(ours[0]["w"], theirs[0]["w"])
    assert ours[2] == theirs[2]
    np.testing.assert_array_equal(logistic_regression.predict(w, 0.3, X), lesson_02.predict(w, 0.3, X))
    ours, theirs = (module.model(X, Y, X, Y, 3) for module in (logistic_regression, lesson_02))
    assert {k: np.asarray(v).tolist() for k, v in ours.items()} == {
        k: np.asarray(v).tolist() for k, v in theirs.items()
    }
    images = np.arange(24).reshape(2, 2, 3, 2)
    np.testing.assert_array_equal(logistic_regression.flatten_images(images), lesson_02.flatten_images(images))
    np.testing.assert_array_equal(logistic_regression.standardize(images, 7), lesson_02.standardize(images, 7))
