"""Lesson 06: the laws its five functions obey. Run one exercise's with `pytest -k initialize_parameters_he`."""

import io
from itertools import pairwise

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab
from nnlab.given import deep_net
from nnlab.given import initialisation as given_later
from source_solutions.initialisation import (
    activation_statistics,
    initialize_parameters_he,
    initialize_parameters_random,
    initialize_parameters_xavier,
    initialize_parameters_zeros,
)
from source_solutions.initialisation.cases import near

STARTS = [
    initialize_parameters_zeros,
    initialize_parameters_random,
    initialize_parameters_he,
    initialize_parameters_xavier,
]
SCALES = {
    initialize_parameters_zeros: lambda _n: 0.0,
    initialize_parameters_random: lambda _n: 10.0,
    initialize_parameters_he: lambda n: np.sqrt(2 / n),
    initialize_parameters_xavier: lambda n: np.sqrt(1 / n),
}
sizes = st.lists(st.integers(1, 7), min_size=2, max_size=6)
seeds = st.integers(0, 2**32 - 1)


def started(start, layers_dims, seed):
    np.random.seed(seed)
    return start(layers_dims)


# ---- all starts


@pytest.mark.parametrize("start", STARTS)
@given(layers_dims=sizes)
def test_initialize_parameters_shapes(start, layers_dims):
    expected = {}
    for number, (before, n) in enumerate(pairwise(layers_dims), start=1):
        expected |= {f"W{number}": (n, before), f"b{number}": (n, 1)}
    parameters = start(layers_dims)
    assert {name: value.shape for name, value in parameters.items()} == expected
    assert not any(value.any() for name, value in parameters.items() if name.startswith("b"))


@pytest.mark.parametrize("start", STARTS)
def test_initialize_parameters_spread(start):
    layers_dims = [150, 400, 200, 300]
    parameters = start(layers_dims)
    for number, before in enumerate(layers_dims[:-1], start=1):
        weights = parameters[f"W{number}"]
        assert weights.std() == pytest.approx(SCALES[start](before), rel=0.02)
        assert abs(weights.mean()) <= 0.03 * weights.std()


@given(layers_dims=sizes, seed=seeds)
def test_initialize_parameters_he_is_xavier_times_root_2(layers_dims, seed):
    he, xavier = (
        started(start, layers_dims, seed) for start in (initialize_parameters_he, initialize_parameters_xavier)
    )
    for name in he:
        np.testing.assert_allclose(he[name], np.sqrt(2) * xavier[name], rtol=1e-12)


@given(layers_dims=sizes, seed=seeds)
def test_initialize_parameters_he_given_later_is_the_solution(layers_dims, seed):
    ours = started(initialize_parameters_he, layers_dims, seed)
    theirs = started(given_later.initialize_parameters_he, layers_dims, seed)
    assert ours.keys() == theirs.keys()
    for name in ours:
        np.testing.assert_array_equal(ours[name], theirs[name])


# ---- what the derivation says


@pytest.mark.parametrize(("factor", "expected"), [(np.sqrt(2 / 80), 1.0), (np.sqrt(1 / 80), 0.5), (0.1, 0.4)])
def test_initialize_parameters_mean_square_changes_by_n_s2_over_2(factor, expected):
    rng = np.random.default_rng(0)
    a = rng.normal(size=(80, 50))
    ratios = []
    for _ in range(200):
        values = np.maximum(0, factor * rng.normal(size=(80, 80)) @ a)
        ratios.append(np.mean(values**2) / np.mean(a**2))
    assert np.mean(ratios) == pytest.approx(expected, rel=0.03)


@given(sizes.filter(lambda s: len(s) > 2), seeds)
def test_initialize_parameters_zeros_move_nothing_but_the_last_bias(hidden, seed):
    layers_dims = [*hidden, 1]
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(hidden[0], 5)), rng.integers(0, 2, (1, 5))
    parameters, _ = deep_net.L_layer_model(X, Y, layers_dims, 0.1, 3, False, initialize_parameters_zeros(layers_dims))
    last = f"b{len(layers_dims) - 1}"
    assert not any(value.any() for name, value in parameters.items() if name != last)


@given(sizes.filter(lambda s: len(s) > 2), seeds)
def test_gradients_of_equal_units_are_equal_and_right(hidden, seed):
    layers_dims = [*hidden, 1]
    rng = np.random.default_rng(seed)
    X, Y = rng.normal(size=(hidden[0], 4)), rng.integers(0, 2, (1, 4))
    # A mean of the layer before, so that no probability rounds to 0 or 1.
    equal = {name: value + 0.5 / value.shape[1] for name, value in initialize_parameters_zeros(layers_dims).items()}
    AL, caches = deep_net.L_model_forward(X, equal)
    grads = deep_net.L_model_backward(AL, Y, caches)

    def cost_of(weights):
        a = X
        for number in range(1, len(layers_dims) - 1):
            a = anp.maximum(0, anp.dot(weights[f"W{number}"], a) + weights[f"b{number}"])
        last = len(layers_dims) - 1
        z = anp.dot(weights[f"W{last}"], a) + weights[f"b{last}"]
        return anp.mean(anp.logaddexp(0, (1 - 2 * Y) * z))

    theirs = autograd.grad(cost_of)(equal)
    for name, value in theirs.items():
        scale = np.abs(value).max() + 1e-12
        # Where a sum is exactly 0 the slope of relu is a convention; random inputs do not meet it.
        np.testing.assert_allclose(grads["d" + name], value, atol=1e-6 * scale + 1e-12)
        if name != f"W{len(layers_dims) - 1}":
            np.testing.assert_allclose(grads["d" + name], grads["d" + name][:1] + 0 * value, atol=1e-9 * scale + 1e-12)


# ---- activation_statistics


@given(sizes, seeds, st.integers(1, 5), st.sampled_from(["relu", "tanh"]))
def test_activation_statistics_are_those_of_each_layer(layers_dims, seed, m, activation):
    rng = np.random.default_rng(seed)
    parameters = {
        name: rng.normal(size=value.shape) for name, value in initialize_parameters_zeros(layers_dims).items()
    }
    A, expected = rng.normal(size=(layers_dims[0], m)), []
    found = activation_statistics(A, parameters, activation)
    for number in range(1, len(layers_dims)):
        A = {"relu": lambda z: z * (z > 0), "tanh": np.tanh}[activation](
            parameters[f"W{number}"] @ A + parameters[f"b{number}"]
        )
        expected.append((A.sum() / A.size, np.sqrt(np.mean((A - A.mean()) ** 2))))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@given(seeds, st.floats(0.1, 100))
def test_activation_statistics_of_relu_scale_with_the_input(seed, scale):
    parameters = started(initialize_parameters_he, [4, 6, 5, 3], seed)
    X = np.random.default_rng(seed).normal(size=(4, 7))
    one, other = (activation_statistics(x, parameters, "relu") for x in (X, scale * X))
    np.testing.assert_allclose(np.array(other), scale * np.array(one), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_activation_statistics_of_large_numbers_are_finite_and_silent(activation):
    parameters = started(initialize_parameters_random, [100] * 21, 0)
    with np.errstate(all="raise", under="ignore"):
        found = activation_statistics(1e3 * np.ones((100, 3)), parameters, activation)
    assert np.isfinite(found).all()


# ---- what the lesson says it measured


@pytest.mark.parametrize("seed", range(1, 6))
def test_activation_statistics_of_twenty_layers(seed):
    X, deep = np.random.default_rng(0).normal(size=(100, 200)), [100] * 21

    def deviations(start, activation, factor=1.0):
        parameters = {name: factor * value for name, value in started(start, deep, seed).items()}
        return [deviation for _, deviation in activation_statistics(X, parameters, activation)]

    he = deviations(initialize_parameters_he, "relu")
    assert min(he) > 0.3
    assert max(he) < 1.2
    assert 3e-4 < deviations(initialize_parameters_xavier, "relu")[-1] < 2e-3
    assert deviations(initialize_parameters_random, "relu", 0.001)[-1] < 1e-22
    assert 0.1 < deviations(initialize_parameters_xavier, "tanh")[-1] < 0.2
    assert deviations(initialize_parameters_random, "relu", 0.1)[-1] > 1e15


@pytest.mark.parametrize("seed", range(1, 6))
def test_starts_on_the_circles(seed):
    X, Y = nnlab.circles(300, seed=0)

    def percent(start, steps):
        parameters, _ = deep_net.L_layer_model(
            X, Y, [2, 20, 10, 1], 0.1, steps, False, started(start, [2, 20, 10, 1], seed)
        )
        return 100 * np.mean(deep_net.predict(X, Y, parameters) == Y)

    assert percent(initialize_parameters_zeros, 5) == 50
    assert 60 < percent(initialize_parameters_random, 1500) < 95
    assert percent(initialize_parameters_he, 1500) > 97


# ---- how the cases judge a spread


@given(st.floats(0.95, 1.05), st.floats(1e-3, 1e3))
def test_near_is_exact_for_what_is_near(ratio, expected):
    assert near(ratio * expected, expected) == expected


@given(st.one_of(st.floats(1e-6, 0.9), st.floats(1.12, 1e6)), st.floats(1e-3, 1e3))
def test_near_tells_apart_what_is_not(ratio, expected):
    assert near(ratio * expected, expected) != expected
    assert near(ratio * expected, expected) == pytest.approx(ratio * expected, rel=0.1)


# ---- figures


def test_draw_by_layer_and_histograms():
    figures = [
        nnlab.draw_by_layer({"one": {"a": [1.0, 1e-9], "b": [1.0, 1e9]}, "two": {"a": [2.0, 3.0]}}, "size"),
        nnlab.draw_layer_histograms({"one": {1: np.zeros((2, 3)), 5: np.ones(4)}, "two": {1: np.full(3, 7.0)}}),
    ]
    for figure in figures:
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=40)
        assert stream.getvalue().startswith(b"\x89PNG")
