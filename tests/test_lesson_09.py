"""Lesson 09: the laws its functions obey. Run one exercise's with `pytest -k conv_backward`."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import nnlab
from grader import load_lesson
from grader.grading import sampling
from grader.grading.grade import Round, Submission, grade
from grader.judging import references
from grader.running.calling import call
from grader.running.notebook import read_cells
from grader.student.check import Check
from making import edited, functions, notebook, solved
from source_solutions.cnn import (
    accuracy,
    cnn_backward,
    cnn_forward,
    conv_backward,
    conv_backward_by_convolution,
    conv_backward_fast,
    conv_forward,
    conv_forward_fast,
    conv_gradient,
    conv_single_step,
    create_mask_from_window,
    dense_net_backward,
    dense_net_forward,
    distribute_value,
    initial_cnn,
    initial_dense,
    max_pool_2x2,
    max_pool_2x2_backward,
    pool_backward,
    pool_forward,
    race,
    softmax_cross_entropy,
    zero_pad,
)
from source_solutions.cnn import cases as declared

seeds = st.integers(0, 2**32 - 1)
few = st.integers(1, 3)
MODES = ["max", "average", "l2"]


@st.composite
def layers(draw, largest=7):
    """(A_prev, W, b, hparameters): any stride, pad 0 and more, height and width on their own."""
    f, stride, pad = draw(few), draw(few), draw(st.integers(0, 3))
    low = max(1, f - 2 * pad)
    shape = (draw(few), draw(st.integers(low, largest)), draw(st.integers(low, largest)), draw(few))
    rng = np.random.default_rng(draw(seeds))
    n_C = draw(few)
    filters, biases = rng.normal(size=(f, f, shape[3], n_C)), rng.normal(size=(1, 1, 1, n_C))
    return rng.normal(size=shape), filters, biases, {"stride": stride, "pad": pad}


@st.composite
def pools(draw):
    """(A_prev, hparameters): windows that overlap or have gaps; no two numbers are alike."""
    f, stride = draw(few), draw(few)
    shape = (draw(few), draw(st.integers(f, 6)), draw(st.integers(f, 6)), draw(few))
    numbers = np.random.default_rng(draw(seeds)).permutation(np.arange(1.0, np.prod(shape) + 1))
    # Far enough apart for a measured gradient of the maximum.
    return (numbers - numbers.mean() - 0.1).reshape(shape) / 10, {"f": f, "stride": stride}


def gradient_like(Z, seed=0):
    return np.random.default_rng(seed).normal(size=Z.shape)


def assert_close(one, other, tolerance=1e-12):
    assert np.shape(one) == np.shape(other)
    np.testing.assert_allclose(one, other, rtol=0, atol=tolerance * max(1.0, np.abs(other).max(initial=0.0)))


def convolved(A_prev, W, b, how, stack=np):
    """The layer in a third form: every window of every picture as a row of a matrix. For numpy and autograd."""
    f, stride, pad = W.shape[0], how["stride"], how["pad"]
    framed = stack.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)), "constant")
    n_H, n_W = ((n + 2 * pad - f) // stride + 1 for n in A_prev.shape[1:3])
    windows = [
        [framed[:, h * stride : h * stride + f, w * stride : w * stride + f, :] for w in range(n_W)] for h in range(n_H)
    ]
    rows = [[stack.tensordot(window, W, axes=([1, 2, 3], [0, 1, 2])) for window in row] for row in windows]
    return stack.stack([stack.stack(row, axis=1) for row in rows], axis=1) + b


def pooled(A_prev, how, mode, stack=np):
    f, stride = how["f"], how["stride"]
    n_H, n_W = ((n - f) // stride + 1 for n in A_prev.shape[1:3])
    reduce = {
        "max": lambda x: stack.max(x, axis=(1, 2)),
        "average": lambda x: stack.mean(x, axis=(1, 2)),
        "l2": lambda x: stack.sqrt(stack.sum(x**2, axis=(1, 2))),
    }[mode]
    rows = [
        [reduce(A_prev[:, h * stride : h * stride + f, w * stride : w * stride + f, :]) for w in range(n_W)]
        for h in range(n_H)
    ]
    return stack.stack([stack.stack(row, axis=1) for row in rows], axis=1)


# ---- zero_pad, conv_single_step


@given(layers())
def test_zero_pad_keeps_the_picture_and_adds_nothing(layer):
    X, pad = layer[0], layer[3]["pad"]
    framed = zero_pad(X, pad)
    m, n_H, n_W, n_C = X.shape
    assert framed.shape == (m, n_H + 2 * pad, n_W + 2 * pad, n_C)
    np.testing.assert_array_equal(framed[:, pad : pad + n_H, pad : pad + n_W], X)
    assert np.abs(framed).sum() == pytest.approx(np.abs(X).sum())


def test_conv_single_step_adds_the_bias_once():
    ones = np.ones((3, 3, 2))
    assert conv_single_step(ones, 2 * ones, np.full((1, 1, 1), 5.0)) == 2 * 18 + 5


# ---- conv_forward, conv_forward_fast


@given(layers())
def test_conv_forward_is_a_sum_over_windows(layer):
    Z, cache = conv_forward(*layer)
    assert_close(Z, convolved(*layer))
    assert all(one is other for one, other in zip(cache, layer, strict=True))


@settings(max_examples=200)
@given(layers())
def test_conv_forward_fast_equals_the_four_loops(layer):
    assert_close(conv_forward_fast(*layer)[0], conv_forward(*layer)[0])


def test_conv_forward_slides_the_filter_as_it_is():
    x, w = np.array([1.0, 2, 4]).reshape(1, 1, 3, 1), np.array([[10.0, 1], [0, 0]]).reshape(2, 2, 1, 1)
    Z, _ = conv_forward(zero_pad(x, 0).repeat(2, axis=1), w, np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    assert Z.ravel().tolist() == [12, 24]


@given(layers(), st.integers(1, 3))
def test_conv_forward_moves_with_the_picture(layer, step):
    A_prev, W, b, _ = layer
    how = {"stride": 1, "pad": 0}
    assume(A_prev.shape[2] - W.shape[0] >= step and A_prev.shape[1] >= W.shape[0])
    Z, _ = conv_forward(A_prev, W, b, how)
    moved, _ = conv_forward(A_prev[:, :, step:], W, b, how)
    assert_close(moved, Z[:, :, step:])


def test_conv_forward_fast_keeps_its_pace_and_the_loops_do_not():
    lesson = load_lesson("cnn")
    case = sampling.draw(lesson, lesson.exercise("conv_forward_fast"))[-1].case
    assert case.pace is not None
    assert call(conv_forward_fast, case).slowness < case.pace.times / 3
    assert call(conv_forward, case).slowness > 3 * case.pace.times


def test_conv_forward_fast_by_loops_earns_the_points_for_values_only(sandbox):
    lesson = load_lesson("cnn")
    by_loops = "def conv_forward_fast(A_prev, W, b, hparameters):\n    return conv_forward(A_prev, W, b, hparameters)"
    cells = read_cells(notebook({**solved(lesson), "conv_forward_fast": by_loops})).cells
    result = grade(Submission("", "", cells), Round("cnn", 1, seed=5), sandbox)
    graded = next(exercise for exercise in result.exercises if exercise.name == "conv_forward_fast")
    assert graded.outputs == {"Z": (4, 4), "cache": (1, 1), "time for Z": (0, 5)}
    assert {finding.kind for case in graded.cases for finding in case.findings} == {"slow"}
    assert result.points == 95


def test_conv_forward_fast_its_pace_comes_back_from_the_pack():
    lesson = load_lesson("cnn")
    exercise = lesson.exercise("conv_forward_fast")
    drawn, stored = sampling.draw(lesson, exercise), references.read_references(lesson, exercise)
    for one, other in zip(stored, drawn, strict=True):
        assert (one.case.pace is None) == (other.case.pace is None)
        if one.case.pace:
            assert (one.case.pace.work.data, one.case.pace.times) == (other.case.pace.work.data, other.case.pace.times)


def test_pool_forward_without_the_extra_mode_is_passed():
    lesson = load_lesson("cnn")
    sources = edited(solved(lesson), "pool_forward", 'mode == "l2"', 'mode == "other"')
    names = functions(sources, lesson)
    result, _ = Check(lesson, names).run(lesson.exercise("pool_forward"), names["pool_forward"])
    assert (result.status, result.points) == ("passed", 12)
    assert any(case.finding("A, l2 (extra)") for case in result.cases)


# ---- conv_backward, conv_backward_fast


@settings(max_examples=15)
@given(layers(largest=4))
def test_conv_backward_is_the_measured_gradient(layer):
    A_prev, W, b, how = layer
    dZ = gradient_like(conv_forward_fast(*layer)[0])

    def cost(A_prev, W, b):
        return np.sum(conv_forward_fast(A_prev, W, b, how)[0] * dZ)

    dA_prev, dW, db = conv_backward(dZ, layer)
    np.testing.assert_allclose(dA_prev, nnlab.numerical_gradient(lambda v: cost(v, W, b), A_prev), atol=1e-6)
    np.testing.assert_allclose(dW, nnlab.numerical_gradient(lambda v: cost(A_prev, v, b), W), atol=1e-6)
    np.testing.assert_allclose(db, nnlab.numerical_gradient(lambda v: cost(A_prev, W, v), b), atol=1e-6)


@settings(max_examples=25)
@given(layers(largest=5))
def test_conv_backward_agrees_with_autograd(layer):
    A_prev, W, b, how = layer
    dZ = gradient_like(conv_forward_fast(*layer)[0])
    cost = lambda A_prev, W, b: anp.sum(convolved(A_prev, W, b, how, anp) * dZ)  # noqa: E731
    for ours, theirs in zip(conv_backward(dZ, layer), autograd.grad(cost, (0, 1, 2))(A_prev, W, b), strict=True):
        assert_close(ours, theirs)


@settings(max_examples=200)
@given(layers())
def test_conv_backward_fast_equals_the_four_loops(layer):
    dZ = gradient_like(conv_forward_fast(*layer)[0])
    for fast, loops in zip(conv_backward_fast(dZ, layer), conv_backward(dZ, layer), strict=True):
        assert_close(fast, loops)


@given(m=few, side=st.integers(3, 6), f=few, channels=few, n_C=few, data=st.data())
def test_conv_backward_is_a_convolution_with_the_turned_filter(m, side, f, channels, n_C, data):
    rng = np.random.default_rng(data.draw(seeds))
    how = {"stride": 1, "pad": data.draw(st.integers(0, f - 1))}
    A_prev, W = rng.normal(size=(m, side, side, channels)), rng.normal(size=(f, f, channels, n_C))
    Z, cache = conv_forward_fast(A_prev, W, np.zeros((1, 1, 1, n_C)), how)
    dZ = gradient_like(Z)
    for one, other in zip(conv_backward_by_convolution(dZ, cache), conv_backward(dZ, cache), strict=True):
        assert_close(one, other)


def test_conv_gradient_works_without_the_extra_exercise(monkeypatch):
    def stub(_dZ, _cache):
        raise NotImplementedError

    rng = np.random.default_rng(0)
    layer = (rng.normal(size=(3, 6, 6, 2)), rng.normal(size=(3, 3, 2, 4)), np.zeros((1, 1, 1, 4)))
    cache = (*layer, {"stride": 1, "pad": 1})
    dZ = rng.normal(size=(3, 6, 6, 4))
    with_it = conv_gradient(dZ, cache)
    monkeypatch.setitem(conv_gradient.__globals__, "conv_backward_fast", stub)
    for one, other in zip(conv_gradient(dZ, cache), with_it, strict=True):
        assert_close(one, other)


# ---- pooling


@pytest.mark.parametrize("mode", MODES)
@given(pool=pools())
def test_pool_forward_is_one_number_for_each_window(mode, pool):
    A, cache = pool_forward(*pool, mode)
    assert_close(A, pooled(*pool, mode))
    assert all(one is other for one, other in zip(cache, pool, strict=True))


@given(pools())
def test_pool_forward_takes_the_maximum_by_default(pool):
    np.testing.assert_array_equal(pool_forward(*pool)[0], pool_forward(*pool, "max")[0])
    dA = gradient_like(pool_forward(*pool)[0])
    np.testing.assert_array_equal(pool_backward(dA, pool), pool_backward(dA, pool, "max"))


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=20)
@given(pool=pools())
def test_pool_backward_is_the_measured_gradient(mode, pool):
    A_prev, how = pool
    dA = gradient_like(pooled(A_prev, how, mode))
    measured = nnlab.numerical_gradient(lambda v: np.sum(pooled(v, how, mode) * dA), A_prev)
    np.testing.assert_allclose(pool_backward(dA, pool, mode), measured, atol=1e-6)


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=20)
@given(pool=pools())
def test_pool_backward_agrees_with_autograd(mode, pool):
    A_prev, how = pool
    dA = gradient_like(pooled(A_prev, how, mode))
    theirs = autograd.grad(lambda v: anp.sum(pooled(v, how, mode, anp) * dA))(A_prev)
    assert_close(pool_backward(dA, pool, mode), theirs)


def test_pool_backward_gives_every_maximum_of_a_tie_the_gradient():
    A_prev = np.array([[3.0, 3], [1, 0]]).reshape(1, 2, 2, 1)
    dA = np.full((1, 1, 1, 1), 5.0)
    assert pool_backward(dA, (A_prev, {"f": 2, "stride": 2})).ravel().tolist() == [5, 5, 0, 0]


def test_pool_backward_l2_of_zeros_is_zero():
    A_prev = np.zeros((1, 2, 2, 1))
    assert not pool_backward(np.ones((1, 1, 1, 1)), (A_prev, {"f": 2, "stride": 2}), "l2").any()


@given(st.lists(st.lists(st.integers(-3, 3), min_size=2, max_size=2), min_size=1, max_size=4))
def test_create_mask_from_window_marks_every_maximum(rows):
    x = np.array(rows)
    mask = create_mask_from_window(x)
    assert mask.shape == x.shape
    assert [bool(m) for m in mask.ravel()] == [v == x.max() for v in x.ravel()]


@given(st.floats(-1e6, 1e6), st.tuples(st.integers(1, 5), st.integers(1, 5)))
def test_distribute_value_shares_all_of_it_evenly(dz, shape):
    a = distribute_value(dz, shape)
    assert a.shape == shape
    assert np.ptp(a) == 0
    assert a.sum() == pytest.approx(dz)


@given(m=few, half_height=few, half_width=few, channels=few, seed=seeds)
def test_max_pool_2x2_is_pooling_with_two_by_two(m, half_height, half_width, channels, seed):
    A_prev = np.random.default_rng(seed).integers(-2, 3, (m, 2 * half_height, 2 * half_width, channels)).astype(float)
    how = {"f": 2, "stride": 2}
    A, _ = pool_forward(A_prev, how)
    dA = gradient_like(A)
    np.testing.assert_array_equal(max_pool_2x2(A_prev), A)
    np.testing.assert_array_equal(max_pool_2x2_backward(dA, A, A_prev), pool_backward(dA, (A_prev, how)))


# ---- softmax_cross_entropy


@st.composite
def problems(draw, size=5.0):
    """(logits, one-hot Y), both (C, m)."""
    C, m = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(seeds))
    return size * rng.normal(size=(C, m)), np.eye(C)[:, rng.integers(0, C, m)]


@given(problems())
def test_softmax_cross_entropy_gradient_is_the_measured_one(problem):
    logits, Y = problem
    measured = nnlab.numerical_gradient(lambda v: softmax_cross_entropy(v, Y)[0], logits)
    np.testing.assert_allclose(softmax_cross_entropy(logits, Y)[1], measured, atol=1e-7)


@given(problems())
def test_softmax_cross_entropy_agrees_with_autograd(problem):
    logits, Y = problem

    def cost_of(logits):
        P = anp.exp(logits) / anp.sum(anp.exp(logits), axis=0)
        return -anp.mean(anp.log(anp.sum(Y * P, axis=0)))

    cost, dlogits = softmax_cross_entropy(logits, Y)
    assert cost == pytest.approx(cost_of(logits), rel=1e-12)
    np.testing.assert_allclose(dlogits, autograd.grad(cost_of)(logits), rtol=1e-9, atol=1e-13)


@given(problems(), st.floats(-100, 100))
def test_softmax_cross_entropy_counts_only_differences_of_scores(problem, shift):
    logits, Y = problem
    cost, dlogits = softmax_cross_entropy(logits, Y)
    assert softmax_cross_entropy(logits + shift, Y)[0] == pytest.approx(cost, abs=1e-12)
    np.testing.assert_allclose(dlogits.sum(axis=0), 0, atol=1e-15)


@given(st.floats(-700, 700), st.sampled_from([0, 1]))
def test_softmax_cross_entropy_with_two_classes_is_the_sigmoid(z, y):
    # Another form of the sigmoid's loss, which does not round: log(1 + exp(∓z)).
    expected = np.logaddexp(0, z if y == 0 else -z)
    cost, dlogits = softmax_cross_entropy(np.array([[z], [0.0]]), np.array([[y], [1 - y]]))
    assert cost == pytest.approx(expected, rel=1e-12, abs=1e-300) or abs(cost - expected) < 1e-15
    assert dlogits[0, 0] == pytest.approx(nnlab.given.sigmoid(z) - y, abs=1e-15)


@given(problems(size=1e5))
def test_softmax_cross_entropy_is_finite_silent_and_accurate_for_large_scores(problem):
    logits, Y = problem
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        cost, dlogits = softmax_cross_entropy(logits, Y)
    # Scores so far apart leave one term in the sum.
    nearly = np.mean(np.max(logits, axis=0) - np.sum(Y * logits, axis=0))
    assert np.isfinite(dlogits).all()
    assert nearly - 1e-9 * abs(nearly) <= cost <= nearly + np.log(len(Y)) + 1e-9 * abs(nearly)


# ---- the network and what the lesson says about it


def test_cnn_backward_is_the_measured_gradient_of_the_whole_network():
    rng = np.random.default_rng(1)
    images, Y = rng.normal(size=(2, 28, 28, 1)), np.eye(3)[:, [2, 0]]
    parameters = initial_cnn(rng)
    logits, kept = cnn_forward(parameters, images)
    grads = cnn_backward(softmax_cross_entropy(logits, Y)[1], kept)
    assert {f"d{name}" for name in parameters} == set(grads)
    for name, some in (("W1", np.s_[1, :, 0, :3]), ("W2", np.s_[:, 2, 3, 7]), ("b2", np.s_[0, 0, 0, 4:9])):

        def cost(part, name=name, some=some):
            changed = parameters[name].copy()
            changed[some] = part
            return softmax_cross_entropy(cnn_forward({**parameters, name: changed}, images)[0], Y)[0]

        measured = nnlab.numerical_gradient(cost, parameters[name][some])
        np.testing.assert_allclose(grads["d" + name][some], measured, atol=1e-6)


def test_dense_net_backward_is_the_measured_gradient():
    rng = np.random.default_rng(2)
    images, Y = rng.normal(size=(3, 2, 5, 1)), np.eye(4)[:, [3, 0, 1]]
    parameters = initial_dense((10, 6, 5, 4), rng)
    logits, kept = dense_net_forward(parameters, images)
    grads = dense_net_backward(softmax_cross_entropy(logits, Y)[1], kept)
    for name, value in parameters.items():
        measured = nnlab.numerical_gradient(
            lambda v, name=name: softmax_cross_entropy(dense_net_forward({**parameters, name: v}, images)[0], Y)[0],
            value,
        )
        np.testing.assert_allclose(grads["d" + name], measured, atol=1e-7)


def test_the_small_network_has_as_many_parameters_as_the_lesson_says():
    assert sum(value.size for value in initial_cnn(np.random.default_rng(0)).values()) == 3603
    assert sum(value.size for value in initial_dense((784, 32, 3), np.random.default_rng(0)).values()) == 25219


@pytest.fixture(scope="module")
def textures():
    data = nnlab.load_dataset("textures")
    X_train, X_test = ((x.astype(float) - 128) / 32 for x in (data.train_x, data.test_x))
    return X_train, data.train_y, X_test, data.test_y


def one_hot(textures):
    return np.eye(3)[:, textures[1][0]]


def percents(textures, forward, parameters):
    """Right answers in training and in the test, in percent."""
    X_train, train_y, X_test, test_y = textures
    return accuracy(forward, parameters, X_train, train_y), accuracy(forward, parameters, X_test, test_y)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_race_ends_as_the_lesson_says(textures, seed):
    models, costs = race(textures[0], one_hot(textures), np.random.default_rng(seed))
    training, test = percents(textures, *models["softmax regression"])
    assert training < 75
    assert test < 45
    training, test = percents(textures, *models["dense network"])
    assert training > 99.5
    assert 50 < test < 68
    training, test = percents(textures, *models["CNN"])
    assert training > 97.5
    assert test >= 95
    assert len(costs) == 10 * 19


@pytest.mark.slow
def test_the_cnn_suffers_from_shuffled_pixels_and_the_dense_network_does_not(textures):
    order = np.random.default_rng(9).permutation(784)

    def mixed(images):
        return images.reshape(len(images), 784)[:, order].reshape(images.shape)

    X_train, train_y, X_test, test_y = textures
    textures = mixed(X_train), train_y, mixed(X_test), test_y
    models, _ = race(textures[0], one_hot(textures), np.random.default_rng(0))
    assert percents(textures, *models["CNN"])[1] < 80
    assert 50 < percents(textures, *models["dense network"])[1] < 68


# ---- cases


@pytest.mark.parametrize("shape", [*(sizes[0] for sizes in declared.LAYERS.values()), *(p[2] for p in declared.POOLS)])
def test_pictures_in_the_cases_are_not_square(shape):
    m, n_H, n_W, _ = shape
    assert len({m, n_H, n_W}) == 3
