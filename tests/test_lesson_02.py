"""Lesson 02: the laws its seven functions obey. Run one exercise's with `pytest -k propagate`."""

import os
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab
from nnlab.given import sigmoid
from source_solutions.logistic_regression import (
    flatten_images,
    initialize_with_zeros,
    model,
    optimize,
    predict,
    propagate,
    standardize,
)

ROOT = Path(__file__).resolve().parents[1]
small = st.integers(1, 6)


@st.composite
def problems(draw):
    """(w, b, X, Y) with probabilities that do not round."""
    n_x, m = draw(small), draw(small)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return rng.normal(size=(n_x, 1)), rng.normal(), rng.normal(size=(n_x, m)), rng.integers(0, 2, (1, m))


# ---- flatten_images


@given(m=small, height=small, width=small, channels=st.sampled_from([1, 3]))
def test_flatten_images_column_i_is_image_i(m, height, width, channels):
    images = np.arange(m * height * width * channels).reshape(m, height, width, channels)
    X = flatten_images(images)
    assert X.shape == (height * width * channels, m)
    for i in range(m):
        np.testing.assert_array_equal(X[:, i], images[i].ravel())


# ---- standardize


def test_standardize_brings_whole_numbers_into_0_to_1():
    X = np.array([[0, 51], [102, 255]], dtype=np.uint8)
    np.testing.assert_allclose(standardize(X, 255), [[0, 0.2], [0.4, 1]])


@given(problems(), st.floats(0.1, 1e3))
def test_standardize_is_undone_by_multiplying(problem, max_value):
    X = problem[2]
    np.testing.assert_allclose(standardize(X, max_value) * max_value, X)


# ---- initialize_with_zeros


@given(small)
def test_initialize_with_zeros_shapes(dim):
    w, b = initialize_with_zeros(dim)
    assert w.shape == (dim, 1)
    assert not w.any()
    assert np.ndim(b) == 0
    assert b == 0


# ---- propagate


@given(problems())
def test_propagate_gradient_is_the_measured_one(problem):
    w, b, X, Y = problem
    grads, _ = propagate(w, b, X, Y)
    measured_dw = nnlab.numerical_gradient(lambda v: propagate(v, b, X, Y)[1], w)
    measured_db = nnlab.numerical_gradient(lambda v: propagate(w, v, X, Y)[1], b)
    assert grads["dw"].shape == w.shape
    assert np.ndim(grads["db"]) == 0
    np.testing.assert_allclose(grads["dw"], measured_dw, rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(grads["db"], measured_db, rtol=1e-5, atol=1e-7)


@given(problems())
def test_propagate_agrees_with_autograd(problem):
    w, b, X, Y = problem

    def cost_of(w, b):
        # Another form of the same cost: log(1 + exp(∓z)).
        z = anp.dot(w.T, X) + b
        return anp.mean(anp.log1p(anp.exp((1 - 2 * Y) * z)))

    grads, cost = propagate(w, b, X, Y)
    assert cost == pytest.approx(cost_of(w, b), rel=1e-12)
    np.testing.assert_allclose(grads["dw"], autograd.grad(cost_of, 0)(w, b), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(grads["db"], autograd.grad(cost_of, 1)(w, b), rtol=1e-9, atol=1e-12)


@given(problems())
def test_propagate_cost_at_zero_is_log_2(problem):
    w, _, X, Y = problem
    assert propagate(0 * w, 0.0, X, Y)[1] == pytest.approx(np.log(2), rel=1e-15)


@given(st.floats(-690, 36.5), st.sampled_from([0, 1]))
def test_propagate_cost_is_the_cross_entropy_where_that_is_finite(z, y):
    a = sigmoid(z)
    plain = -(y * np.log(a) + (1 - y) * np.log(1 - a))
    _, cost = propagate(np.array([[1.0]]), 0.0, np.array([[z]]), np.array([[y]]))
    assert cost == pytest.approx(plain, rel=1e-12)


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=5), st.data())
def test_propagate_cost_is_finite_and_silent(z, data):
    Y = np.array([data.draw(st.lists(st.sampled_from([0, 1]), min_size=len(z), max_size=len(z)))])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        _, cost = propagate(np.array([[1.0]]), 0.0, np.array([z]), Y)
    assert np.isfinite(cost)
    assert cost >= 0


def test_propagate_cost_of_certainty():
    w, X = np.array([[1000.0]]), np.array([[1.0, -1.0]])
    assert propagate(w, 0.0, X, np.array([[1, 0]]))[1] == 0
    assert 30 < propagate(w, 0.0, X, np.array([[0, 1]]))[1] < np.inf


# ---- optimize


@given(problems(), st.integers(1, 4), st.floats(0.001, 1))
def test_optimize_is_so_many_steps_down(problem, steps, rate):
    w, b, X, Y = problem
    before = w.copy()
    params, grads, costs = optimize(w, b, X, Y, steps, rate)
    np.testing.assert_array_equal(w, before)
    assert costs == [propagate(w, b, X, Y)[1]]
    for _ in range(steps):
        last, _ = propagate(w, b, X, Y)
        w, b = w - rate * last["dw"], b - rate * last["db"]
    np.testing.assert_allclose(params["w"], w)
    np.testing.assert_allclose(params["b"], b)
    np.testing.assert_allclose(grads["dw"], last["dw"])
    np.testing.assert_allclose(grads["db"], last["db"])


@pytest.mark.parametrize(("steps", "length"), [(1, 1), (100, 1), (101, 2), (250, 3)])
def test_optimize_keeps_every_100th_cost(steps, length):
    X, Y = np.array([[1.0, -2.0, 0.5]]), np.array([[1, 0, 0]])
    costs = optimize(np.zeros((1, 1)), 0.0, X, Y, steps, 0.1)[2]
    assert len(costs) == length
    assert costs == sorted(costs, reverse=True)


@pytest.mark.parametrize(("print_cost", "lines"), [(False, 0), (True, 3)])
def test_optimize_prints_only_when_asked(print_cost, lines, capsys):
    X, Y = np.array([[1.0, -2.0, 0.5]]), np.array([[1, 0, 0]])
    optimize(np.zeros((1, 1)), 0.0, X, Y, 250, 0.1, print_cost=print_cost)
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == lines
    assert printed.err == ""


# ---- predict


def test_predict_answers_0_at_exactly_one_half():
    z = np.array([[-1.0, -1e-9, 0.0, 1e-9, 1.0]])
    assert predict(np.array([[1.0]]), 0.0, z).tolist() == [[0, 0, 0, 1, 1]]


@given(problems())
def test_predict_is_above_one_half(problem):
    w, b, X, _ = problem
    answers = predict(w, b, X)
    assert answers.shape == (1, X.shape[1])
    np.testing.assert_array_equal(answers, sigmoid(w.T @ X + b) > 0.5)


# ---- model

KEYS = {"costs", "Y_prediction_test", "Y_prediction_train", "w", "b", "learning_rate", "num_iterations"}


@given(problems())
def test_model_passes_its_arguments_on(problem):
    _, _, X, Y = problem
    result = model(X, Y, X[:, :1], Y[:, :1], num_iterations=3, learning_rate=0.2)
    params, _, costs = optimize(*initialize_with_zeros(X.shape[0]), X, Y, 3, 0.2)
    assert set(result) == KEYS
    assert (result["num_iterations"], result["learning_rate"], result["costs"]) == (3, 0.2, costs)
    np.testing.assert_array_equal(result["w"], params["w"])
    np.testing.assert_array_equal(result["b"], params["b"])
    np.testing.assert_array_equal(result["Y_prediction_train"], predict(params["w"], params["b"], X))
    np.testing.assert_array_equal(result["Y_prediction_test"], predict(params["w"], params["b"], X[:, :1]))


@given(problems())
def test_model_does_not_look_at_the_test_labels(problem):
    _, _, X, Y = problem
    first, second = (model(X, Y, X, labels, num_iterations=2) for labels in (Y, 1 - Y))
    np.testing.assert_array_equal(first["w"], second["w"])


def test_model_prints_when_asked(capsys):
    X, Y = np.array([[1.0, -2.0, 0.5]]), np.array([[1, 0, 0]])
    model(X, Y, X, Y, 150, 0.1, True)
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.fixture(scope="module")
def digits():
    data = nnlab.load_dataset("digits")
    X, X_test = (standardize(flatten_images(x), 16) for x in (data.train_x, data.test_x))
    return X, data.train_y, X_test, data.test_y


def percent(answers, truth):
    return round(100 * float(np.mean(answers == truth)), 2)


def test_model_reaches_on_digits_what_the_lesson_says(digits):
    X, Y, X_test, Y_test = digits
    result = model(X, Y, X_test, Y_test)
    assert percent(result["Y_prediction_train"], Y) == pytest.approx(92, abs=0.5)
    assert percent(result["Y_prediction_test"], Y_test) == pytest.approx(91, abs=0.5)
    moved = np.roll(X_test.reshape(8, 8, -1), 1, axis=1)
    moved[:, 0] = 0
    answers = predict(result["w"], result["b"], moved.reshape(64, -1))
    assert percent(answers, Y_test) == pytest.approx(62, abs=1)


def test_model_learning_rates_are_too_small_right_and_too_large(digits):
    costs = {rate: model(*digits, learning_rate=rate)["costs"] for rate in (0.001, 0.5, 10)}
    assert costs[0.001][-1] > 2 * costs[0.5][1]
    assert np.all(np.diff(costs[0.5]) < 0)
    assert max(costs[10]) > costs[10][0]
    assert np.any(np.diff(costs[10]) > 0.1)


def test_model_on_mixed_pixels_is_no_better_than_guessing():
    data = nnlab.load_dataset("digits")
    X, X_test = (x.reshape(64, -1) / 16 for x in (data.train_x, data.test_x))
    result = model(X, data.train_y, X_test, data.test_y)
    assert percent(result["Y_prediction_test"], data.test_y) == pytest.approx(50, abs=2)


@pytest.fixture(scope="module")
def cats():
    folder = Path(os.environ.get("NNLAB_CATS", ROOT.parent / "shared" / "data"))
    if not (folder / "train_catvnoncat.h5").is_file():
        pytest.skip("the cat pictures are not here; NNLAB_CATS may name their folder")
    data = nnlab.load_dataset("cats", folder=folder)
    X, X_test = (standardize(flatten_images(x), 255) for x in (data.train_x, data.test_x))
    return X, data.train_y, X_test, data.test_y


@pytest.mark.slow
def test_model_published_costs_on_cats(cats):
    _, Y, _, Y_test = cats
    result = model(*cats, num_iterations=2000, learning_rate=0.005)
    assert [round(float(result["costs"][i]), 6) for i in (0, 1, 2, 19)] == [
        0.693147,
        0.584508,
        0.466949,
        0.140872,
    ]
    assert percent(result["Y_prediction_train"], Y) == 99.04
    assert percent(result["Y_prediction_test"], Y_test) == 70


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "train", "test"), [(0.01, 99.52, 68), (0.001, 89.00, 64), (0.0001, 68.42, 36)])
def test_model_published_accuracies_on_cats(cats, rate, train, test):
    _, Y, _, Y_test = cats
    result = model(*cats, num_iterations=1500, learning_rate=rate)
    assert percent(result["Y_prediction_train"], Y) == train
    assert percent(result["Y_prediction_test"], Y_test) == test
