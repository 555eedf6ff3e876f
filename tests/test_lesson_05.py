"""Lesson 05: the laws its functions obey. Run one exercise's with `pytest -k linear_backward`."""

import os
from itertools import pairwise
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import nnlab
import nnlab.given.deep_net as given_to_later_lessons
from grader import load_lesson
from grader.grading import sampling
from grader.judging import references
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.running.calling import call
from source_solutions import deep_net
from source_solutions.deep_net import (
    L_layer_model,
    L_model_backward,
    L_model_forward,
    compute_cost,
    initialize_parameters,
    initialize_parameters_deep,
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    linear_forward,
    mse_cost,
    mse_output_delta,
    predict,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    two_layer_model,
    update_parameters,
)

ROOT = Path(__file__).resolve().parents[1]
small = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
activations = st.sampled_from(["relu", "sigmoid"])


def network(rng, sizes, scale=1.0):
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = scale * rng.normal(size=(n, n_prev))
        parameters[f"b{layer}"] = rng.normal(size=(n, 1))
    return parameters


@st.composite
def problems(draw):
    """(X, Y, parameters) of a network with one to four layers."""
    sizes = [*draw(st.lists(small, min_size=1, max_size=4)), 1]
    rng = np.random.default_rng(draw(seeds))
    m = draw(small)
    return rng.normal(size=(sizes[0], m)), rng.integers(0, 2, (1, m)), network(rng, sizes)


@st.composite
def layers(draw):
    """(A_prev, W, b, r): one layer, and fixed numbers r of the shape of its output."""
    n_prev, n, m = draw(small), draw(small), draw(small)
    rng = np.random.default_rng(draw(seeds))
    return (
        rng.normal(size=(n_prev, m)),
        rng.normal(size=(n, n_prev)),
        rng.normal(size=(n, 1)),
        rng.normal(size=(n, m)),
    )


# ---- activations


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=6))
def test_sigmoid_is_silent_and_between_0_and_1(z):
    Z = np.array([z])
    with np.errstate(all="raise", under="ignore"):
        A, cache = sigmoid(Z)
    assert cache is Z
    assert np.all((A >= 0) & (A <= 1))
    np.testing.assert_allclose(A + sigmoid(-Z)[0], 1, rtol=1e-15)


@given(st.floats(-700, 30))
def test_sigmoid_is_accurate(z):
    assert sigmoid(np.array([[z]]))[0][0, 0] == pytest.approx(1 / (1 + np.exp(-z)), rel=1e-14)


def test_relu_keeps_what_is_positive():
    Z = np.array([[-2.0, 0.0, 3.0]])
    A, cache = relu(Z)
    assert A.tolist() == [[0, 0, 3]]
    assert cache is Z


@given(layers(), activations)
def test_relu_backward_and_sigmoid_backward_are_the_measured_gradients(layer, activation):
    Z, r = layer[3], layer[3][::-1] + 0.5
    forward, backward = (relu, relu_backward) if activation == "relu" else (sigmoid, sigmoid_backward)
    # A measurement needs some distance from the kink.
    Z = np.where(np.abs(Z) < 1e-3, 0.5, Z)
    measured = nnlab.numerical_gradient(lambda v: np.sum(r * forward(v)[0]), Z)
    np.testing.assert_allclose(backward(r, Z), measured, atol=1e-8)


def test_relu_backward_is_0_at_the_kink():
    assert relu_backward(np.array([[5.0, 5.0, 5.0]]), np.array([[-1.0, 0.0, 1.0]])).tolist() == [[0, 0, 5]]


def test_sigmoid_backward_is_silent_far_out():
    with np.errstate(all="raise", under="ignore"):
        dZ = sigmoid_backward(np.ones((1, 4)), np.array([[-1e3, 1e3, -1e300, 1e300]]))
    assert np.isfinite(dZ).all()


# ---- initialisation


@given(st.lists(small, min_size=2, max_size=6))
def test_initialize_parameters_deep_shapes(sizes):
    parameters = initialize_parameters_deep(sizes)
    assert len(parameters) == 2 * (len(sizes) - 1)
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        assert parameters[f"W{layer}"].shape == (n, n_prev)
        assert parameters[f"b{layer}"].shape == (n, 1)
        assert not parameters[f"b{layer}"].any()


def test_initialize_parameters_deep_is_normal_with_deviation_001():
    W = initialize_parameters_deep([200, 300])["W1"].ravel() / 0.01
    assert abs(W.mean()) < 0.03
    assert W.std() == pytest.approx(1, abs=0.03)
    assert np.mean(np.abs(W) < 1) == pytest.approx(0.683, abs=0.015)


@given(small, small, small)
def test_initialize_parameters_is_the_deep_one_with_one_hidden_layer(n_x, n_h, n_y):
    np.random.seed(3)
    two = initialize_parameters(n_x, n_h, n_y)
    np.random.seed(3)
    deep = initialize_parameters_deep([n_x, n_h, n_y])
    assert two.keys() == deep.keys() == {"W1", "b1", "W2", "b2"}
    assert all(np.array_equal(two[key], deep[key]) for key in two)


# ---- forward


@given(layers())
def test_linear_forward_sums_over_the_units_before(layer):
    A, W, b, _ = layer
    Z, cache = linear_forward(A, W, b)
    np.testing.assert_allclose(Z, np.einsum("jk,ki->ji", W, A) + np.repeat(b, A.shape[1], axis=1), atol=1e-12)
    assert all(kept is given for kept, given in zip(cache, (A, W, b), strict=True))


@given(layers(), activations)
def test_linear_activation_forward_is_the_two_steps(layer, activation):
    A_prev, W, b, _ = layer
    A, (linear_cache, Z) = linear_activation_forward(A_prev, W, b, activation)
    np.testing.assert_array_equal(Z, linear_forward(A_prev, W, b)[0])
    np.testing.assert_array_equal(A, {"relu": relu, "sigmoid": sigmoid}[activation](Z)[0])
    assert linear_cache[0] is A_prev


@given(problems())
def test_L_model_forward_hands_each_layer_the_output_of_the_one_before(problem):
    X, _, parameters = problem
    AL, caches = L_model_forward(X, parameters)
    assert len(caches) == len(parameters) // 2
    assert AL.shape == (1, X.shape[1])
    assert caches[0][0][0] is X
    for (_, Z), ((A_prev, _, _), _) in pairwise(caches):
        np.testing.assert_array_equal(A_prev, np.maximum(Z, 0))
    np.testing.assert_array_equal(AL, sigmoid(caches[-1][1])[0])


@given(problems())
def test_L_model_forward_treats_the_examples_one_by_one(problem):
    X, _, parameters = problem
    AL, _ = L_model_forward(X, parameters)
    for i in range(X.shape[1]):
        np.testing.assert_allclose(L_model_forward(X[:, i : i + 1], parameters)[0], AL[:, i : i + 1], rtol=1e-9)


# ---- costs


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.data())
def test_compute_cost_is_finite_and_silent(a, data):
    Y = np.array([data.draw(st.lists(st.sampled_from([0, 1]), min_size=len(a), max_size=len(a)))])
    with np.errstate(all="raise", under="ignore"):
        cost = compute_cost(np.array([a]), Y)
    assert np.isfinite(cost)
    assert cost >= 0


@given(st.floats(1e-300, 1 - 1e-16), st.sampled_from([0, 1]))
def test_compute_cost_is_the_cross_entropy(a, y):
    plain = -np.log(a) if y else -np.log(1 - a)
    assert compute_cost(np.array([[a]]), np.array([[y]])) == pytest.approx(plain, rel=1e-12)


@given(layers())
def test_mse_cost_of_equal_answers_is_0_and_doubles_fourfold(layer):
    r = layer[3]
    assert mse_cost(r, r) == 0
    assert mse_cost(3 * r, r) == pytest.approx(4 * mse_cost(2 * r, r))
    assert mse_cost(np.hstack([2 * r, 2 * r]), np.hstack([r, r])) == pytest.approx(mse_cost(2 * r, r))


@given(layers())
def test_mse_output_delta_is_the_measured_gradient(layer):
    Z = layer[3]
    Y = (Z[::-1] > 0).astype(int)
    m = Z.shape[1]
    measured = nnlab.numerical_gradient(lambda v: m * mse_cost(sigmoid(v)[0], Y), Z)
    np.testing.assert_allclose(mse_output_delta(sigmoid(Z)[0], Y, Z), measured, atol=1e-8)


# ---- backward


@given(layers())
def test_linear_backward_is_the_measured_gradient(layer):
    A, W, b, r = layer
    m = A.shape[1]
    dA_prev, dW, db = linear_backward(r, (A, W, b))
    measured = [
        nnlab.numerical_gradient(lambda v: np.sum(r * linear_forward(v, W, b)[0]), A),
        nnlab.numerical_gradient(lambda v: np.sum(r * linear_forward(A, v, b)[0]) / m, W),
        nnlab.numerical_gradient(lambda v: np.sum(r * linear_forward(A, W, v)[0]) / m, b),
    ]
    for one, other in zip((dA_prev, dW, db), measured, strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, atol=1e-7)


@given(layers(), activations)
def test_linear_activation_backward_agrees_with_autograd(layer, activation):
    A, W, b, r = layer
    m = A.shape[1]

    def total(A, W, b):
        Z = anp.dot(W, A) + b
        return anp.sum(r * (anp.maximum(Z, 0) if activation == "relu" else 1 / (1 + anp.exp(-Z))))

    _, cache = linear_activation_forward(A, W, b, activation)
    dA_prev, dW, db = linear_activation_backward(r, cache, activation)
    for one, other in ((dA_prev, 0), (m * dW, 1), (m * db, 2)):
        np.testing.assert_allclose(one, autograd.grad(total, other)(A, W, b), rtol=1e-9, atol=1e-11)


def cost_by_autograd(X, Y):
    def cost_of(parameters):
        A, last = X, len(parameters) // 2
        for layer in range(1, last):
            A = anp.maximum(anp.dot(parameters[f"W{layer}"], A) + parameters[f"b{layer}"], 0)
        Z = anp.dot(parameters[f"W{last}"], A) + parameters[f"b{last}"]
        # Another form of the same cost: log(1 + exp(∓z)).
        return anp.mean(anp.logaddexp(0, (1 - 2 * Y) * Z))

    return cost_of


@given(problems())
def test_L_model_backward_agrees_with_autograd(problem):
    X, Y, parameters = problem
    AL, caches = L_model_forward(X, parameters)
    # A probability that rounds to 1 has lost what its distance from 1 was.
    assume(np.abs(caches[-1][1]).max() < 12)
    grads = L_model_backward(AL, Y, caches)
    expected = autograd.grad(cost_by_autograd(X, Y))(parameters)
    assert compute_cost(AL, Y) == pytest.approx(cost_by_autograd(X, Y)(parameters), rel=1e-9)
    for name, gradient in expected.items():
        assert grads["d" + name].shape == parameters[name].shape
        np.testing.assert_allclose(grads["d" + name], gradient, rtol=1e-6, atol=1e-9)


@given(problems())
def test_L_model_backward_is_the_measured_gradient(problem):
    X, Y, parameters = problem
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    # A measurement needs some distance from every kink and from rounding.
    if all(np.abs(Z).min() > 1e-3 for _, Z in caches[:-1]) and np.abs(caches[-1][1]).max() < 12:
        for name, value in parameters.items():
            measured = nnlab.numerical_gradient(
                lambda v, name=name: compute_cost(L_model_forward(X, parameters | {name: v})[0], Y), value
            )
            np.testing.assert_allclose(grads["d" + name], measured, rtol=1e-4, atol=1e-7)


@given(problems())
def test_L_model_backward_dA_belongs_to_the_activation_of_its_number(problem):
    X, Y, parameters = problem
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    L = len(caches)
    assert {key for key in grads if key.startswith("dA")} == {f"dA{layer}" for layer in range(L)}
    for layer in range(L):
        assert grads[f"dA{layer}"].shape == caches[layer][0][0].shape
    dX = autograd.grad(lambda v: X.shape[1] * cost_by_autograd(v, Y)(parameters))(X)
    np.testing.assert_allclose(grads["dA0"], dX, rtol=1e-6, atol=1e-9)


def test_L_model_backward_is_finite_and_silent_where_probabilities_round():
    parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    X, Y = np.array([[-1000.0, 1000.0, -1000.0, 1000.0, 0.5]]), np.array([[0, 1, 1, 0, 1]])
    AL, caches = L_model_forward(X, parameters)
    with np.errstate(all="raise", under="ignore"):
        grads = L_model_backward(AL, Y, caches)
    assert all(np.isfinite(value).all() for value in grads.values())


# ---- the two accepted sets of dA keys


def points_for(grads_of):
    """The points of L_model_backward by output, on visible and on hidden cases, for one way to return the gradients."""
    lesson = load_lesson("deep_net")
    exercise = lesson.exercise("L_model_backward")

    def student(AL, Y, caches):
        return grads_of(L_model_backward(AL, Y, caches), len(caches))

    drawn = [references.read_references(lesson, exercise), sampling.draw(lesson, exercise, 11)]
    results = [explained(exercise, [Played(r, call(student, r.case)) for r in some]) for some in drawn]
    assert results[0].outputs == results[1].outputs
    return {output: points for output, (points, _) in results[0].outputs.items()}


def numbered(grads, number):
    return {f"dA{number(int(k[2:]))}" if k.startswith("dA") else k: v for k, v in grads.items()}


FULL = {'grads["dA"]': 4, 'grads["dW"]': 6, 'grads["db"]': 4}


def test_L_model_backward_keys_dA0_to_dA_L_minus_1_are_right():
    assert points_for(lambda grads, _L: grads) == FULL


def test_L_model_backward_keys_dA1_to_dA_L_are_right_too():
    assert points_for(lambda grads, _L: numbered(grads, lambda n: n + 1)) == FULL


def test_L_model_backward_more_values_and_the_last_dA_may_be_there():
    assert points_for(lambda grads, L: ({**grads, f"dA{L}": np.ones((1, 1))}, "more")) == FULL


def test_L_model_backward_a_mixture_of_keys_is_a_mistake_of_dA_alone():
    mixed = points_for(lambda grads, L: numbered(grads, lambda n: n if n == L - 1 else n + 1))
    assert mixed == {**FULL, 'grads["dA"]': 0}


def test_L_model_backward_shifted_the_other_way_is_a_mistake():
    assert points_for(lambda grads, _L: numbered(grads, lambda n: n + 2))['grads["dA"]'] == 0


# ---- training


@given(problems(), st.floats(0.001, 1))
def test_update_parameters_moves_each_against_its_gradient(problem, rate):
    X, Y, parameters = problem
    kept = {name: value.copy() for name, value in parameters.items()}
    grads = L_model_backward(*reversed([Y, L_model_forward(X, parameters)[0]]), L_model_forward(X, parameters)[1])
    moved = update_parameters(parameters, grads, rate)
    assert moved.keys() == parameters.keys()
    for name in parameters:
        np.testing.assert_array_equal(parameters[name], kept[name])
        np.testing.assert_allclose(moved[name], kept[name] - rate * grads["d" + name], rtol=1e-12)


@given(problems())
def test_L_layer_model_continues_where_it_stopped(problem):
    X, Y, parameters = problem
    sizes = [X.shape[0]]
    whole, costs = L_layer_model(X, Y, sizes, 0.05, 5, parameters=parameters)
    half, _ = L_layer_model(X, Y, sizes, 0.05, 2, parameters=parameters)
    again, _ = L_layer_model(X, Y, sizes, 0.05, 3, parameters=half)
    assert costs == [compute_cost(L_model_forward(X, parameters)[0], Y)]
    for name in whole:
        np.testing.assert_allclose(again[name], whole[name], rtol=1e-9)


@pytest.mark.parametrize(("steps", "length"), [(1, 1), (100, 1), (101, 2)])
@pytest.mark.parametrize("model", [L_layer_model, two_layer_model])
def test_L_layer_model_and_two_layer_model_keep_and_print_every_100th_cost(model, steps, length, capsys):
    X, Y = np.array([[1.0, -2.0, 0.5]]), np.array([[1, 0, 0]])
    np.random.seed(0)
    assert len(model(X, Y, [1, 2, 1], 0.1, steps)[1]) == length
    assert capsys.readouterr().out == ""
    model(X, Y, [1, 2, 1], 0.1, steps, print_cost=True)
    assert len(capsys.readouterr().out.splitlines()) == length


def test_two_layer_model_is_the_deep_one_with_one_hidden_layer():
    X, Y = np.random.default_rng(0).normal(size=(3, 5)), np.array([[1, 0, 0, 1, 1]])
    np.random.seed(7)
    two, _ = two_layer_model(X, Y, [3, 4, 1], 0.3, 20)
    np.random.seed(7)
    deep, _ = L_layer_model(X, Y, [3, 4, 1], 0.3, 20)
    assert all(np.array_equal(two[name], deep[name]) for name in two)


@given(problems())
def test_predict_is_above_one_half(problem):
    X, Y, parameters = problem
    p = predict(X, Y, parameters)
    np.testing.assert_array_equal(p, L_model_forward(X, parameters)[0] > 0.5)
    assert set(np.unique(p)) <= {0, 1}


def test_predict_answers_0_at_exactly_one_half():
    zero = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}
    assert predict(np.ones((2, 3)), None, zero).tolist() == [[0, 0, 0]]


# ---- what the lesson says it measured


def scaled(sizes, rng):
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def percent(X, Y, parameters):
    return round(100 * float(np.mean(predict(X, Y, parameters) == Y)), 2)


@pytest.fixture(scope="module")
def digits():
    data = nnlab.load_dataset("digits")
    X, X_test = (x.reshape(len(x), -1).T / 16 for x in (data.train_x, data.test_x))
    return X, data.train_y, X_test, data.test_y


NETWORKS = [
    ([64, 1], 0.5, 92.3, 91.2, 91.2),
    ([64, 20, 1], 0.5, 100, 96.2, 97.8),
    ([64, 20, 7, 5, 1], 0.1, 100, 96.2, 97.2),
]


@pytest.mark.slow
@pytest.mark.parametrize(("sizes", "rate", "train", "low", "high"), NETWORKS, ids=str)
def test_digits_reach_what_the_lesson_says(digits, sizes, rate, train, low, high):
    X, Y, X_test, Y_test = digits
    for seed in range(5):
        start = scaled(sizes, np.random.default_rng(seed))
        parameters, _ = L_layer_model(X, Y, sizes, rate, 2000, parameters=start)
        assert train - 0.05 <= percent(X, Y, parameters) <= train + 0.3
        # One picture more or less: rounding differs between machines.
        assert low - 0.25 <= percent(X_test, Y_test, parameters) <= high + 0.25


def test_the_deep_network_stays_at_log_2_from_small_weights(digits):
    X, Y, _, _ = digits
    for seed in range(5):
        np.random.seed(seed)
        _, costs = L_layer_model(X, Y, [64, 20, 7, 5, 1], 0.1, 301)
        assert costs == pytest.approx([np.log(2)] * 4, abs=1e-4)


def noise(seed):
    rng = np.random.default_rng(seed)
    X, Y = rng.random((3072, 200)), rng.integers(0, 2, (1, 200))
    return X, Y, rng.random((3072, 200)), rng.integers(0, 2, (1, 200)), scaled([3072, 20, 7, 5, 1], rng)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_labels_are_learnt_by_heart(seed):
    X, Y, X_new, Y_new, start = noise(seed)
    parameters, _ = L_layer_model(X, Y, [3072, 20, 7, 5, 1], 0.0075, 1500, parameters=start)
    assert percent(X, Y, parameters) == 100
    assert 40 <= percent(X_new, Y_new, parameters) <= 55


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_labels_are_not_learnt_from_small_weights_or_from_pixels_to_255(seed):
    X, Y, _, _, start = noise(seed)
    np.random.seed(seed)
    small_weights, _ = L_layer_model(X, Y, [3072, 20, 7, 5, 1], 0.0075, 400)
    large_pixels, _ = L_layer_model(255 * X, Y, [3072, 20, 7, 5, 1], 0.0075, 300, parameters=start)
    # One and the same answer for every picture.
    assert np.unique(predict(X, Y, small_weights)).size == 1
    assert np.unique(predict(255 * X, Y, large_pixels)).size == 1


# ---- published results


@pytest.fixture(scope="module")
def cats():
    folder = Path(os.environ.get("NNLAB_CATS", ROOT.parent / "shared" / "data"))
    if not (folder / "train_catvnoncat.h5").is_file():
        pytest.skip("the cat pictures are not here; NNLAB_CATS may name their folder")
    data = nnlab.load_dataset("cats", folder=folder)
    X, X_test = (x.reshape(len(x), -1).T / 255 for x in (data.train_x, data.test_x))
    return X, data.train_y, X_test, data.test_y


@pytest.mark.slow
def test_two_layer_model_published_results_on_cats(cats):
    X, Y, X_test, Y_test = cats
    np.random.seed(1)
    parameters, costs = two_layer_model(X, Y, [12288, 7, 1], 0.0075, 2500)
    assert (round(costs[0], 7), round(costs[24], 7)) == (0.6930497, 0.0485548)
    assert (percent(X, Y, parameters), percent(X_test, Y_test, parameters)) == (100, 72)


@pytest.mark.slow
def test_L_layer_model_published_results_on_cats(cats):
    X, Y, X_test, Y_test = cats
    sizes = [12288, 20, 7, 5, 1]
    np.random.seed(1)
    start = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        start[f"W{layer}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)
        start[f"b{layer}"] = np.zeros((n, 1))
    parameters, costs = L_layer_model(X, Y, sizes, 0.0075, 2500, parameters=start)
    assert (round(costs[0], 7), round(costs[24], 7)) == (0.7717493, 0.0928782)
    assert (percent(X, Y, parameters), percent(X_test, Y_test, parameters)) == (98.56, 80)


# ---- what later lessons are given

# Its output begins with a - y, the product of the lesson's two steps.
NAMES = [exercise.name for exercise in load_lesson("deep_net").exercises if exercise.name != "L_model_backward"]


@pytest.mark.parametrize("name", NAMES)
def test_later_lessons_are_given_the_same_code(name):
    ours, theirs = (getattr(module, name).__code__ for module in (deep_net, given_to_later_lessons))
    assert ours.co_code == theirs.co_code
    assert [c for c in ours.co_consts if c != ours.co_consts[0]] == [
        c for c in theirs.co_consts if c != theirs.co_consts[0]
    ]


def test_a_sure_and_wrong_answer_still_moves_the_given_network():
    """The two steps of the lesson give exactly 0 there; a - y gives 1."""
    parameters = {"W1": np.full((1, 1), 50.0), "b1": np.zeros((1, 1))}
    AL, caches = deep_net.L_model_forward(np.ones((1, 1)), parameters)
    assert AL == 1
    assert deep_net.L_model_backward(AL, np.zeros((1, 1)), caches)["db1"] == 0
    assert given_to_later_lessons.L_model_backward(AL, np.zeros((1, 1)), caches)["db1"] == 1
