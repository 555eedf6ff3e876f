"""Lesson 08: the laws its functions obey. Run one exercise's with `pytest -k adam`."""

import base64
import re
from xml.etree import ElementTree

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab
from nnlab.given import deep_net, initialisation
from source_solutions.optimisation import (
    exponentially_weighted_average,
    initialize_adam,
    initialize_rmsprop,
    initialize_velocity,
    random_mini_batches,
    schedule_lr_decay,
    update_lr,
    update_parameters_with_adam,
    update_parameters_with_gd,
    update_parameters_with_momentum,
    update_parameters_with_rmsprop,
)

small = st.integers(1, 5)
seeds = st.integers(0, 2**32 - 1)
betas = st.floats(0.05, 0.99)
rates = st.floats(0.001, 2)


@st.composite
def places(draw):
    """(parameters, grads) of one to three layers."""
    sizes = draw(st.lists(small, min_size=2, max_size=4))
    rng = np.random.default_rng(draw(seeds))
    parameters = {}
    for layer in range(1, len(sizes)):
        parameters[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1]))
        parameters[f"b{layer}"] = rng.normal(size=(sizes[layer], 1))
    return parameters, {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}


def kept(dictionary):
    return {key: value.copy() for key, value in dictionary.items()}


def equal(one, other):
    return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)


# ---- gradient descent


@given(places(), rates)
def test_update_parameters_with_gd_moves_each_against_its_gradient(place, rate):
    parameters, grads = place
    before = kept(parameters)
    moved = update_parameters_with_gd(parameters, grads, rate)
    assert equal(parameters, before)
    assert moved.keys() == parameters.keys()
    for name in parameters:
        np.testing.assert_allclose(moved[name], parameters[name] - rate * grads["d" + name], rtol=1e-12)


@given(places(), rates)
def test_update_parameters_with_gd_is_the_update_of_lesson_05(place, rate):
    parameters, grads = place
    assert equal(
        update_parameters_with_gd(parameters, grads, rate), deep_net.update_parameters(parameters, grads, rate)
    )


def walk(update, rate, steps=60):
    """The costs of a walk in the lesson's valley."""
    parameters, costs = {"W1": np.array([[-9.0]]), "b1": np.array([[3.0]])}, []
    for t in range(1, steps + 1):
        grads = {"dW1": parameters["W1"], "db1": 50 * parameters["b1"]}
        parameters = update(parameters, grads, t, rate)
        costs.append((parameters["W1"] ** 2 / 2 + 25 * parameters["b1"] ** 2).item())
    return costs


@pytest.mark.parametrize(("rate", "comes_down"), [(0.005, True), (0.038, True), (0.0399, True), (0.0401, False)])
def test_update_parameters_with_gd_survives_rates_below_two_over_lambda(rate, comes_down):
    steep = walk(lambda parameters, grads, _t, rate: update_parameters_with_gd(parameters, grads, rate), rate, 2000)[-1]
    assert (steep < 1) == comes_down


# ---- mini-batches


@given(m=st.integers(1, 40), n_x=small, size=st.integers(1, 45), seed=seeds)
def test_random_mini_batches_are_a_partition(m, n_x, size, seed):
    X = np.arange(n_x * m).reshape(n_x, m)
    Y = X[:1] % 2
    parts = random_mini_batches(X, Y, size, seed)
    sizes = [X_part.shape[1] for X_part, _ in parts]
    assert sizes == [size] * (m // size) + [m % size] * (m % size > 0)
    assert sorted(np.hstack([X_part for X_part, _ in parts])[0]) == list(range(m))
    for X_part, Y_part in parts:
        assert Y_part.shape == (1, X_part.shape[1])
        np.testing.assert_array_equal(X_part[:1] % 2, Y_part)
        np.testing.assert_array_equal(X_part, X[:, X_part[0]])


def test_random_mini_batches_depend_on_the_seed_alone():
    X, Y = np.arange(100).reshape(1, 100), np.zeros((1, 100))
    orders = [np.hstack([x for x, _ in random_mini_batches(X, Y, 16, seed)])[0].tolist() for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


@given(places(), st.integers(2, 30), st.integers(1, 9), seeds)
def test_the_mean_of_the_mini_batch_gradients_is_the_gradient(place, m, size, seed):
    n_x = place[0]["W1"].shape[1]
    rng = np.random.default_rng(seed)
    w, X, Y = rng.normal(size=(1, n_x)), rng.normal(size=(n_x, m)), rng.integers(0, 2, (1, m))

    def gradient(X, Y):
        return (1 / (1 + np.exp(-w @ X)) - Y) @ X.T / X.shape[1]

    parts = random_mini_batches(X, Y, size, seed)
    weighted = sum(x.shape[1] / m * gradient(x, y) for x, y in parts)
    np.testing.assert_allclose(weighted, gradient(X, Y), rtol=1e-9, atol=1e-12)
    measured = nnlab.numerical_gradient(lambda v: np.mean(np.logaddexp(0, (1 - 2 * Y) * (v @ X))), w)
    np.testing.assert_allclose(weighted, measured, atol=1e-6)
    by_autograd = autograd.grad(lambda v: anp.mean(anp.logaddexp(0, (1 - 2 * Y) * anp.dot(v, X))))(w)
    np.testing.assert_allclose(weighted, by_autograd, rtol=1e-9, atol=1e-12)


# ---- averages


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=30), betas)
def test_exponentially_weighted_average_is_the_weighted_sum(values, beta):
    plain = exponentially_weighted_average(values, beta, bias_correction=False)
    corrected = exponentially_weighted_average(values, beta)
    for t in range(1, len(values) + 1):
        weights = (1 - beta) * beta ** np.arange(t)
        assert plain[t - 1] == pytest.approx(weights @ values[t - 1 :: -1][:t], abs=1e-9)
        assert corrected[t - 1] == pytest.approx(plain[t - 1] / weights.sum(), abs=1e-9)


@given(st.floats(-100, 100), betas, st.integers(1, 20))
def test_exponentially_weighted_average_of_equal_values_is_this_value(value, beta, count):
    assert exponentially_weighted_average([value] * count, beta) == pytest.approx([value] * count)


# ---- what the averages start from


@given(places())
def test_initialize_velocity_initialize_rmsprop_and_initialize_adam_are_zero(place):
    parameters, grads = place
    for made in (initialize_velocity(parameters), initialize_rmsprop(parameters), *initialize_adam(parameters)):
        assert made.keys() == grads.keys()
        for name, value in parameters.items():
            assert made["d" + name].shape == value.shape
            assert not made["d" + name].any()


def test_initialize_adam_returns_two_dictionaries():
    v, s = initialize_adam({"W1": np.ones((2, 3)), "b1": np.ones((2, 1))})
    assert v is not s
    assert v["dW1"] is not s["dW1"]


# ---- momentum, RMSprop, Adam


@given(places(), rates)
def test_update_parameters_with_momentum_without_memory_is_gradient_descent(place, rate):
    parameters, grads = place
    moved, v = update_parameters_with_momentum(parameters, grads, initialize_velocity(parameters), 0, rate)
    assert equal(v, grads)
    assert equal(moved, update_parameters_with_gd(parameters, grads, rate))


@given(places(), betas, rates, st.integers(1, 6))
def test_update_parameters_with_momentum_averages_the_gradients(place, beta, rate, steps):
    parameters, grads = place
    v = initialize_velocity(parameters)
    for t in range(1, steps + 1):
        before = kept(parameters), kept(v)
        after, new_v = update_parameters_with_momentum(parameters, {k: t * g for k, g in grads.items()}, v, beta, rate)
        assert equal(parameters, before[0])
        assert equal(v, before[1])
        parameters, v = after, new_v
    averages = exponentially_weighted_average(list(range(1, steps + 1)), beta, bias_correction=False)
    for name in grads:
        np.testing.assert_allclose(v[name], averages[-1] * grads[name], rtol=1e-9)


@given(places(), betas, rates)
def test_update_parameters_with_rmsprop_first_step_is_the_rate_over_the_root(place, beta, rate):
    parameters, grads = place
    moved, s = update_parameters_with_rmsprop(parameters, grads, initialize_rmsprop(parameters), beta, rate, epsilon=0)
    for name in parameters:
        step = parameters[name] - moved[name]
        np.testing.assert_allclose(step, np.sign(grads["d" + name]) * rate / np.sqrt(1 - beta), rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(s["d" + name], (1 - beta) * grads["d" + name] ** 2)


@given(places(), rates)
def test_update_parameters_with_adam_first_step_has_the_length_of_the_rate(place, rate):
    parameters, grads = place
    v, s = initialize_adam(parameters)
    moved, v, s = update_parameters_with_adam(parameters, grads, v, s, 1, rate, epsilon=0)
    for name in parameters:
        np.testing.assert_allclose(
            parameters[name] - moved[name], rate * np.sign(grads["d" + name]), rtol=1e-6, atol=1e-12
        )
        np.testing.assert_allclose(v["d" + name], 0.1 * grads["d" + name])


@given(places(), st.floats(1e-3, 1e3), st.integers(1, 5))
def test_update_parameters_with_adam_does_not_care_for_the_scale_of_the_cost(place, factor, steps):
    parameters, grads = place
    ends = []
    for scale in (1.0, factor):
        at, (v, s) = parameters, initialize_adam(parameters)
        for t in range(1, steps + 1):
            scaled = {key: scale * np.cos(t) * value for key, value in grads.items()}
            at, v, s = update_parameters_with_adam(at, scaled, v, s, t, epsilon=0)
        ends.append(at)
    for name in parameters:
        np.testing.assert_allclose(ends[0][name], ends[1][name], rtol=1e-7, atol=1e-9)


@given(places(), betas, betas, st.integers(1, 50), rates, st.floats(1e-9, 1))
def test_update_parameters_with_adam_keeps_the_uncorrected_averages(place, beta1, beta2, t, rate, epsilon):
    parameters, grads = place
    v = {key: 0.3 * value for key, value in grads.items()}
    s = {key: np.abs(value) for key, value in grads.items()}
    before = kept(parameters), kept(v), kept(s)
    moved, new_v, new_s = update_parameters_with_adam(parameters, grads, v, s, t, rate, beta1, beta2, epsilon)
    assert all(map(equal, (parameters, v, s), before))
    for name in parameters:
        g, key = grads["d" + name], "d" + name
        np.testing.assert_allclose(new_v[key], beta1 * v[key] + (1 - beta1) * g)
        np.testing.assert_allclose(new_s[key], beta2 * s[key] + (1 - beta2) * g**2)
        step = rate * new_v[key] / (1 - beta1**t) / (np.sqrt(new_s[key] / (1 - beta2**t)) + epsilon)
        np.testing.assert_allclose(moved[name], parameters[name] - step, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e150])
def test_rmsprop_and_adam_are_finite_and_silent_for_tiny_and_huge_gradients(scale):
    parameters, grads = {"W1": np.ones((1, 2))}, {"dW1": scale * np.array([[0.0, 1.0]])}
    v, s = initialize_adam(parameters)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        by_adam, *_ = update_parameters_with_adam(parameters, grads, v, s, 1)
        by_rmsprop, _ = update_parameters_with_rmsprop(parameters, grads, s, 0.9, 0.01)
    assert np.isfinite(by_adam["W1"]).all()
    assert np.isfinite(by_rmsprop["W1"]).all()


# ---- decay


@given(rates, st.integers(0, 5000), st.floats(0.001, 3), st.integers(1, 500))
def test_schedule_lr_decay_is_update_lr_by_intervals(rate, epoch, decay, interval):
    assert update_lr(rate, 0, decay) == rate
    assert update_lr(rate, epoch, decay) == pytest.approx(rate / (1 + decay * epoch))
    assert schedule_lr_decay(rate, epoch, decay, 1) == update_lr(rate, epoch, decay)
    assert schedule_lr_decay(rate, epoch, decay, interval) == update_lr(rate, epoch // interval, decay)
    assert schedule_lr_decay(rate, 999, decay) == rate != schedule_lr_decay(rate, 1000, decay)


# ---- figures


def bowl(x, y):
    return x**2 + 5 * y**2


PATHS = {"one & two": np.array([[-2.0, 1.0], [0.5, -0.5], [0.0, 0.0]]), "short": np.array([[1.0, 1.0], [0.0, 0.0]])}


def test_animate_paths_is_a_small_picture_that_ends():
    svg = nnlab.animate_paths(bowl, PATHS, (-3, 3), (-2, 2))
    root = ElementTree.fromstring(svg)
    moves = [node for node in root.iter() if node.tag.endswith("animate")]
    assert len(svg) < 20_000
    assert len(moves) == 2 * len(PATHS)
    assert all(node.get("fill") == "freeze" and "repeatCount" not in node.attrib for node in moves)
    assert {len(node.get("values").split(";")) for node in moves} == {3}
    assert "script" not in svg


def test_play_shows_the_animation_with_its_words(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_options: shown.append(data))
    monkeypatch.setattr("nnlab.display.in_notebook", lambda: True)
    nnlab.play("<svg/>", alt='a "walk"', caption="below <it>")
    page = shown[0]["text/html"]
    assert 'alt="a &quot;walk&quot;"' in page
    assert "below &lt;it&gt;" in page
    assert shown[0]["text/plain"] == '[animation] a "walk"'
    assert base64.b64decode(re.search('base64,([^"]+)"', page)[1]) == b"<svg/>"


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_draw_paths_has_a_panel_for_each_walk(count):
    figure = nnlab.draw_paths(bowl, {f"walk {i}": PATHS["short"] for i in range(count)}, (-3, 3), (-2, 2))
    assert [ax.get_title() for ax in figure.axes if ax.get_title()] == [f"walk {i}" for i in range(count)]


def test_draw_weights_of_average_and_draw_batches():
    assert len(nnlab.draw_weights_of_average([0.5, 0.9]).axes) == 2
    texts = [text.get_text() for text in nnlab.draw_batches(14, 4).axes[0].texts]
    assert {str(i) for i in range(14)} < set(texts)
    assert "mini-batch 4" in texts


# ---- what the lesson says it measured


def stepper(name, parameters):
    averages = {"v": initialize_velocity(parameters), "s": initialize_velocity(parameters)}

    def step(parameters, grads, t, rate):
        if name == "gd":
            return update_parameters_with_gd(parameters, grads, rate)
        if name == "momentum":
            parameters, averages["v"] = update_parameters_with_momentum(parameters, grads, averages["v"], 0.9, rate)
        elif name == "rmsprop":
            parameters, averages["s"] = update_parameters_with_rmsprop(parameters, grads, averages["s"], 0.9, rate)
        else:
            parameters, averages["v"], averages["s"] = update_parameters_with_adam(
                parameters, grads, averages["v"], averages["s"], t, rate
            )
        return parameters

    return step


@pytest.fixture(scope="module")
def moons():
    return nnlab.moons(300, noise=0.2, seed=3)


def train(moons, name, rate, decay=False, epochs=300, seed=0):
    X, Y = moons
    np.random.seed(seed)
    parameters, costs, t = initialisation.initialize_parameters_he([2, 20, 10, 1]), [], 0
    step = stepper(name, parameters)
    for epoch in range(epochs):
        rate_now = schedule_lr_decay(rate, epoch, 1.0, 50) if decay else rate
        for X_part, Y_part in random_mini_batches(X, Y, 64, seed=1000 * seed + epoch):
            t += 1
            AL, caches = deep_net.L_model_forward(X_part, parameters)
            parameters = step(parameters, deep_net.L_model_backward(AL, Y_part, caches), t, rate_now)
        costs.append(deep_net.compute_cost(deep_net.L_model_forward(X, parameters)[0], Y))
    return parameters, costs


def percent(moons, parameters):
    return 100 * np.mean(deep_net.predict(*moons, parameters) == moons[1])


def test_the_four_walks_come_down_as_the_lesson_says():
    zero = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
    for name, rate in {"gd": 0.038, "momentum": 0.1, "rmsprop": 0.2, "adam": 0.3}.items():
        costs = walk(stepper(name, zero), rate)
        assert costs[19] > costs[39] > costs[59]
        assert costs[59] < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_with_one_rate_for_all_rmsprop_and_adam_come_further(moons, seed):
    ends = {name: train(moons, name, 0.01, seed=seed) for name in ("gd", "momentum", "rmsprop", "adam")}
    for name in ("gd", "momentum"):
        assert 0.2 < ends[name][1][-1] < 0.26
        assert percent(moons, ends[name][0]) < 91
    for name in ("rmsprop", "adam"):
        assert ends[name][1][-1] < 0.05
        assert percent(moons, ends[name][0]) > 97.5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_gradient_descent_with_a_rate_that_suits_it_comes_as_far(moons, seed):
    assert train(moons, "gd", 1.0, epochs=100, seed=seed)[1][-1] < 0.075
    assert train(moons, "adam", 0.01, epochs=100, seed=seed)[1][-1] < 0.075


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("name", "rate"), [("gd", 1.0), ("momentum", 1.0), ("rmsprop", 0.1), ("adam", 0.1)])
def test_decay_calms_large_rates(moons, name, rate, seed):
    constant, decayed = (train(moons, name, rate, decay, seed=seed)[1][-50:] for decay in (False, True))
    assert np.std(decayed) < 0.5 * np.std(constant)
