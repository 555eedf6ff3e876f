"""Lesson 07: the laws its functions obey. Run one exercise's with `pytest -k early_stopping`."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab
from nnlab.given.deep_net import compute_cost, update_parameters
from nnlab.given.gradient_checking import backward_propagation_n, forward_propagation_n
from nnlab.given.initialisation import initialize_parameters_he
from source_solutions.regularisation import (
    augment,
    backward_propagation_with_dropout,
    backward_propagation_with_regularization,
    compute_cost_with_regularization,
    early_stopping,
    forward_propagation_with_dropout,
    normalize_inputs,
    split_data,
)

small = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
WEIGHTS = ("W1", "W2", "W3")
PARAMETERS = ("W1", "b1", "W2", "b2", "W3", "b3")


@st.composite
def problems(draw):
    """(X, Y, parameters) of a network of three layers, no unit on the kink of relu."""
    sizes, m = [draw(small) for _ in range(3)], draw(small)
    rng = np.random.default_rng(draw(seeds))
    parameters = {}
    for layer, (n, before) in enumerate(zip([*sizes[1:], 1], sizes, strict=True), start=1):
        parameters |= {f"W{layer}": rng.normal(size=(n, before)) / before, f"b{layer}": rng.normal(size=(n, 1))}
    return rng.normal(size=(sizes[0], m)), rng.integers(0, 2, (1, m)), parameters


def away_from_kinks(*Zs):
    return min(np.abs(Z).min() for Z in Zs) > 1e-4


# ---- split_data


@given(m=st.integers(1, 40), n_x=small, parts=st.lists(st.integers(1, 9), min_size=1, max_size=4), seed=seeds)
def test_split_data_uses_every_column_once_with_its_label(m, n_x, parts, seed):
    X, Y = np.arange(n_x * m).reshape(n_x, m), np.arange(m).reshape(1, m)
    split = split_data(X, Y, np.array(parts) / sum(parts), np.random.default_rng(seed))
    assert len(split) == len(parts)
    for x, y in split:
        assert x.shape == (n_x, y.shape[1])
        np.testing.assert_array_equal(x, X[:, y[0]])
    np.testing.assert_array_equal(np.sort(np.concatenate([y[0] for _, y in split])), np.arange(m))


@pytest.mark.parametrize(
    ("m", "fractions", "sizes"),
    [
        (10, (0.7, 0.1, 0.2), [7, 1, 2]),
        (20, (0.5, 0.2, 0.1, 0.2), [10, 4, 2, 4]),
        (600, (0.1, 0.45, 0.45), [60, 270, 270]),
    ],
)
def test_split_data_sizes(m, fractions, sizes):
    split = split_data(np.zeros((2, m)), np.zeros((1, m)), fractions, np.random.default_rng(0))
    assert [x.shape[1] for x, _ in split] == sizes


def test_split_data_mixes_and_depends_on_the_generator_alone():
    X = np.arange(50).reshape(1, 50)
    one, same, other = (split_data(X, X, (0.5, 0.5), np.random.default_rng(seed))[0][0].tolist() for seed in (1, 1, 2))
    assert one == same != other
    assert one != X[:, :25].tolist()


# ---- normalize_inputs


@given(n_x=small, m=st.integers(2, 9), seed=seeds)
def test_normalize_inputs_gives_mean_0_and_deviation_1(n_x, m, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(3, 5, size=(n_x, m))
    (normalized,) = normalize_inputs(X)
    np.testing.assert_allclose(normalized.mean(axis=1), 0, atol=1e-10)
    np.testing.assert_allclose(normalized.std(axis=1), 1)


@given(n_x=small, m=st.integers(2, 9), seed=seeds)
def test_normalize_inputs_changes_equal_columns_alike(n_x, m, seed):
    X = np.random.default_rng(seed).normal(size=(n_x, m))
    train, first, reversed_ = normalize_inputs(X, X[:, :1], X[:, ::-1])
    np.testing.assert_array_equal(train[:, :1], first)
    np.testing.assert_array_equal(train[:, ::-1], reversed_)


@pytest.mark.parametrize("constant", [0.0, 128.0, 0.1])
def test_normalize_inputs_makes_a_constant_row_0(constant):
    X = np.array([[1.0, 2.0, 4.0], [constant] * 3])
    train, other = normalize_inputs(X, X[:, :2])
    np.testing.assert_allclose(train[1], 0, atol=1e-12)
    np.testing.assert_allclose(other[1], 0, atol=1e-12)


# ---- compute_cost_with_regularization


@given(problems(), st.floats(0, 10))
def test_compute_cost_with_regularization_adds_the_squares(problem, lambd):
    X, Y, parameters = problem
    plain, cache = forward_propagation_n(X, Y, parameters)
    squares = sum(np.linalg.norm(parameters[W]) ** 2 for W in WEIGHTS)
    cost = compute_cost_with_regularization(cache[9], Y, parameters, lambd)
    assert cost == pytest.approx(plain + lambd * squares / 2 / X.shape[1], rel=1e-12)


def test_compute_cost_with_regularization_is_finite_and_silent():
    parameters = {name: np.ones((1, 1)) for name in PARAMETERS}
    with np.errstate(all="raise", under="ignore"):
        cost = compute_cost_with_regularization(np.array([[0.0, 1.0, 1.0]]), np.array([[1, 0, 1]]), parameters, 0.5)
    assert np.isfinite(cost)


# ---- backward_propagation_with_regularization


@given(problems(), st.floats(0, 5))
def test_backward_propagation_with_regularization_is_the_measured_gradient(problem, lambd):
    X, Y, parameters = problem
    _, cache = forward_propagation_n(X, Y, parameters)
    if not away_from_kinks(cache[0], cache[4]):
        return

    def cost_of(name, value):
        changed = {**parameters, name: value}
        return compute_cost_with_regularization(forward_propagation_n(X, Y, changed)[1][9], Y, changed, lambd)

    gradients = backward_propagation_with_regularization(X, Y, cache, lambd)
    for name, value in parameters.items():
        measured = nnlab.numerical_gradient(lambda v, name=name: cost_of(name, v), value)
        assert gradients[f"d{name}"].shape == value.shape
        np.testing.assert_allclose(gradients[f"d{name}"], measured, rtol=1e-5, atol=1e-6)


@given(problems(), st.floats(0, 5))
def test_backward_propagation_with_regularization_agrees_with_autograd(problem, lambd):
    X, Y, parameters = problem
    _, cache = forward_propagation_n(X, Y, parameters)

    def cost_of(W1, b1, W2, b2, W3, b3):
        A1 = anp.maximum(anp.dot(W1, X) + b1, 0)
        A2 = anp.maximum(anp.dot(W2, A1) + b2, 0)
        z = anp.dot(W3, A2) + b3
        squares = anp.sum(W1**2) + anp.sum(W2**2) + anp.sum(W3**2)
        return anp.mean(anp.logaddexp(0, (1 - 2 * Y) * z)) + lambd * squares / (2 * X.shape[1])

    gradients = backward_propagation_with_regularization(X, Y, cache, lambd)
    values = [parameters[name] for name in PARAMETERS]
    for place, name in enumerate(PARAMETERS):
        expected = autograd.grad(cost_of, place)(*values)
        np.testing.assert_allclose(gradients[f"d{name}"], expected, rtol=1e-8, atol=1e-10)


@given(problems())
def test_backward_propagation_with_regularization_without_penalty_is_the_plain_one(problem):
    X, Y, parameters = problem
    _, cache = forward_propagation_n(X, Y, parameters)
    plain, ours = backward_propagation_n(X, Y, cache), backward_propagation_with_regularization(X, Y, cache, 0.0)
    assert plain.keys() == ours.keys()
    for name, value in plain.items():
        np.testing.assert_allclose(ours[name], value)


# ---- forward_propagation_with_dropout


@given(problems(), st.floats(0.2, 1))
def test_forward_propagation_with_dropout_follows_from_its_masks(problem, keep_prob):
    X, _, parameters = problem
    A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, cached, W3, b3) = forward_propagation_with_dropout(
        X, parameters, keep_prob
    )
    np.testing.assert_allclose(A1, np.maximum(W1 @ X + b1, 0) * D1 / keep_prob)
    np.testing.assert_allclose(A2, np.maximum(W2 @ A1 + b2, 0) * D2 / keep_prob)
    np.testing.assert_allclose(A3, 1 / (1 + np.exp(-(W3 @ A2 + b3))))
    np.testing.assert_array_equal(A3, cached)
    assert {D1.shape, D2.shape} == {Z1.shape, Z2.shape}
    assert np.isin(D1, (0, 1)).all()
    assert np.isin(D2, (0, 1)).all()
    assert Z3.shape == A3.shape == (1, X.shape[1])


@given(problems())
def test_forward_propagation_with_dropout_keeping_all_is_the_plain_pass(problem):
    X, Y, parameters = problem
    A3, _ = forward_propagation_with_dropout(X, parameters, keep_prob=1.0)
    np.testing.assert_allclose(A3, forward_propagation_n(X, Y, parameters)[1][9])


@pytest.mark.parametrize("settings", [(), (0.8,), (0.3,)])
def test_forward_propagation_with_dropout_keeps_the_mean_and_spreads_as_derived(settings):
    np.random.seed(0)
    keep_prob = settings[0] if settings else 0.5
    parameters = {name: np.ones((1, 1)) for name in PARAMETERS}
    _, cache = forward_propagation_with_dropout(np.ones((1, 40_000)), parameters, *settings)
    A1 = cache[2]  # 2 without dropout
    assert A1.mean() == pytest.approx(2, abs=0.06)
    assert A1.var() == pytest.approx(4 * (1 - keep_prob) / keep_prob, rel=0.06)


# ---- backward_propagation_with_dropout


@given(problems(), st.floats(0.3, 1))
def test_backward_propagation_with_dropout_is_the_measured_gradient(problem, keep_prob):
    X, Y, parameters = problem
    _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
    D1, D2 = cache[1], cache[6]
    if not away_from_kinks(cache[0], cache[5]):
        return

    def cost_of(name, value):
        p = {**parameters, name: value}
        A1 = np.maximum(p["W1"] @ X + p["b1"], 0) * D1 / keep_prob
        A2 = np.maximum(p["W2"] @ A1 + p["b2"], 0) * D2 / keep_prob
        return np.mean(np.logaddexp(0, (1 - 2 * Y) * (p["W3"] @ A2 + p["b3"])))

    gradients = backward_propagation_with_dropout(X, Y, cache, keep_prob)
    for name, value in parameters.items():
        measured = nnlab.numerical_gradient(lambda v, name=name: cost_of(name, v), value)
        assert gradients[f"d{name}"].shape == value.shape
        np.testing.assert_allclose(gradients[f"d{name}"], measured, rtol=1e-5, atol=1e-5)


@given(problems(), st.floats(0.3, 1))
def test_backward_propagation_with_dropout_agrees_with_autograd(problem, keep_prob):
    X, Y, parameters = problem
    _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
    D1, D2 = cache[1], cache[6]

    def cost_of(W1, b1, W2, b2, W3, b3):
        A1 = anp.maximum(anp.dot(W1, X) + b1, 0) * D1 / keep_prob
        A2 = anp.maximum(anp.dot(W2, A1) + b2, 0) * D2 / keep_prob
        return anp.mean(anp.logaddexp(0, (1 - 2 * Y) * (anp.dot(W3, A2) + b3)))

    # autograd shares the slope of maximum(0, 0) between both sides; ours is 0 there.
    if not away_from_kinks(cache[0], cache[5]):
        return
    gradients = backward_propagation_with_dropout(X, Y, cache, keep_prob)
    values = [parameters[name] for name in PARAMETERS]
    for place, name in enumerate(PARAMETERS):
        expected = autograd.grad(cost_of, place)(*values)
        np.testing.assert_allclose(gradients[f"d{name}"], expected, rtol=1e-8, atol=1e-10)


# ---- early_stopping


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.integers(1, 5))
def test_early_stopping_is_the_first_best_of_what_it_saw(costs, patience):
    best = early_stopping(costs, patience)
    seen = costs[: best + patience + 1]
    assert best == seen.index(min(seen))
    # It did not stop before: every earlier best was beaten within patience.
    for place in range(best):
        if costs[place] == min(costs[: place + 1]):
            assert min(costs[place + 1 : place + patience + 1]) <= costs[place]


@pytest.mark.parametrize(
    ("costs", "patience", "best"),
    [([0.9, 0.7, 0.8, 0.75, 0.6], 2, 1), ([0.9, 0.7, 0.8, 0.75, 0.6], 3, 4), ([0.5], 1, 0), ([3, 3, 3, 1], 2, 0)],
)
def test_early_stopping_examples(costs, patience, best):
    assert early_stopping(costs, patience) == best


# ---- augment


@given(
    height=st.integers(3, 6), width=st.integers(3, 6), channels=st.integers(1, 2), shift=st.integers(0, 2), seed=seeds
)
def test_augment_moves_and_mirrors(height, width, channels, shift, seed):
    images = 1 + np.arange(4 * height * width * channels).reshape(4, height, width, channels)
    before = images.copy()
    result = augment(images, np.random.default_rng(seed), shift)
    np.testing.assert_array_equal(images, before)
    assert result.shape == images.shape
    for image, moved in zip(images, result, strict=True):
        possible = []
        for source in (image, image[:, ::-1]):
            padded = np.pad(source, ((shift, shift), (shift, shift), (0, 0)))
            possible += [
                padded[top : top + height, left : left + width]
                for top in range(2 * shift + 1)
                for left in range(2 * shift + 1)
            ]
        assert any(np.array_equal(moved, one) for one in possible)


def test_augment_draws_every_move_alike():
    images = 1 + np.tile(np.arange(9).reshape(1, 3, 3, 1), (18_000, 1, 1, 1))
    result = augment(images, np.random.default_rng(0)).reshape(18_000, 9)
    _, counts = np.unique(result, axis=0, return_counts=True)
    assert counts.shape == (18,)
    assert np.abs(counts - 1000).max() < 160


# ---- what the lesson says


def train(training, layers_dims, rate, iterations, seed, lambd=0.0, change=None):
    np.random.seed(seed)
    parameters = initialize_parameters_he(layers_dims)
    X, Y = training
    for _ in range(iterations):
        now = change(X) if change else X
        _, cache = forward_propagation_n(now, Y, parameters)
        gradients = backward_propagation_with_regularization(now, Y, cache, lambd)
        parameters = update_parameters(parameters, gradients, rate)
    return parameters


def right_and_cost(part, parameters):
    X, Y = part
    cost, cache = forward_propagation_n(X, Y, parameters)
    return np.mean((cache[9] > 0.5) == Y), cost


def normalized(*parts):
    return list(zip(normalize_inputs(*(X for X, _ in parts)), (Y for _, Y in parts), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_l2_is_better_on_the_dev_part(seed):
    X, Y = nnlab.moons(600, noise=0.3, seed=seed)
    training, dev, _ = normalized(*split_data(X, Y, (0.1, 0.45, 0.45), np.random.default_rng(seed)))
    plain, l2, strong = (train(training, [2, 100, 30, 1], 0.3, 5000, seed, lambd) for lambd in (0, 0.3, 10))
    assert right_and_cost(training, plain)[0] >= 0.98
    assert right_and_cost(training, l2)[0] <= right_and_cost(training, plain)[0]
    assert right_and_cost(dev, l2)[0] > right_and_cost(dev, plain)[0]
    assert 0.86 < right_and_cost(dev, plain)[1] < 1.75
    assert right_and_cost(dev, l2)[1] < min(right_and_cost(dev, plain)[1], right_and_cost(dev, strong)[1])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_gap_on_the_patches_is_narrowed(seed):
    data = nnlab.load_dataset("textures")
    two = [(x[y[0] <= 1], y[:, y[0] <= 1]) for x, y in ((data.train_x, data.train_y), (data.test_x, data.test_y))]
    columns = [((x.reshape(len(x), -1).T - 128.0) / 40, y) for x, y in two]
    training, new = normalized(*columns)
    rng = np.random.default_rng(seed)

    def change(X):
        return augment(X.T.reshape(-1, 28, 28, 1), rng, 2).reshape(X.shape[1], -1).T

    net = [784, 20, 10, 1]
    runs = {
        "plain": train(training, net, 0.1, 400, seed),
        "l2": train(training, net, 0.1, 400, seed, lambd=100),
        "augmented": train(training, net, 0.1, 400, seed, change=change),
    }
    seen = {name: right_and_cost(training, parameters)[0] for name, parameters in runs.items()}
    unseen = {name: right_and_cost(new, parameters)[0] for name, parameters in runs.items()}
    gap = {name: seen[name] - unseen[name] for name in runs}
    assert seen["plain"] > 0.995
    assert 0.76 < unseen["plain"] < 0.83
    assert 0.81 < unseen["l2"] < 0.87
    assert 0.92 < unseen["augmented"] < 0.96
    assert gap["augmented"] < gap["l2"] < gap["plain"]


def test_the_best_possible_score_on_the_moons_is_91_percent():
    t = np.linspace(0, np.pi, 200)
    curves = np.vstack([np.cos(t), np.sin(t)]), np.vstack([1 - np.cos(t), 0.5 - np.sin(t)])
    X, Y = nnlab.moons(4000, noise=0.3, seed=9)
    upper, lower = (
        np.exp(-((X[:, :, None] - curve[:, None, :]) ** 2).sum(axis=0) / (2 * 0.3**2)).mean(axis=1) for curve in curves
    )
    assert np.mean((lower > upper) == Y[0]) == pytest.approx(0.91, abs=0.012)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_the_given_cost_is_finite(a):
    A = np.array([a])
    assert np.isfinite(compute_cost(A, np.zeros_like(A)))
