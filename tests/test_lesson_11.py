"""Lesson 11: its backward passes by small steps and by the machine of lesson 10, attention by what must hold, and what the lesson says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from nnlab.given.autodiff import gradient_of
from nnlab.given.optimisation import update_parameters_with_adam
from source_solutions import attention as lesson
from source_solutions.attention import (
    attention_backward,
    attention_forward,
    block_backward,
    block_forward,
    causal_mask,
    embed,
    embed_backward,
    join_heads,
    layer_norm_backward,
    layer_norm_forward,
    model_backward,
    model_forward,
    next_scores,
    sequence_loss,
    softmax,
    softmax_backward,
    split_heads,
    start_parameters,
    train,
)

seeds = st.integers(0, 2**32 - 1)
few = st.integers(1, 4)


def close(ours, theirs, **how):
    np.testing.assert_allclose(ours, theirs, **{"rtol": 1e-6, "atol": 1e-7} | how)
    assert np.shape(ours) == np.shape(theirs)


def measured(f, x):
    return nnlab.numerical_gradient(f, x)


# ---- attention


@st.composite
def looks(draw):
    """(Q, K, V, mask, g), with any axes in front; each row may look at one column at least."""
    front, (T, S, d, d_v) = draw(st.lists(few, max_size=2)), (draw(few) for _ in range(4))
    rng = np.random.default_rng(draw(seeds))
    mask = np.where(rng.random((T, S)) < 0.3, -1e9, 0.0)
    mask[:, rng.integers(S)] = 0
    sizes = ((T, d), (S, d), (S, d_v), (T, d_v))
    Q, K, V, g = (rng.normal(size=(*front, *size)) for size in sizes)
    return Q, K, V, mask, g


@settings(max_examples=30)
@given(looks())
def test_attention_backward_is_what_small_steps_measure(drawn):
    Q, K, V, mask, g = drawn
    dQ, dK, dV = attention_backward(g, attention_forward(Q, K, V, mask)[1])
    close(dQ, measured(lambda x: np.sum(g * attention_forward(x, K, V, mask)[0]), Q))
    close(dK, measured(lambda x: np.sum(g * attention_forward(Q, x, V, mask)[0]), K))
    close(dV, measured(lambda x: np.sum(g * attention_forward(Q, K, x, mask)[0]), V))


@given(looks())
def test_attention_backward_is_what_the_machine_of_lesson_10_finds(drawn):
    Q, K, V, mask, g = drawn
    leaves = {"Q": Q, "K": K, "V": V, "mask": mask, "g": g, "minus_one": np.array(-1.0)}
    leaves["share"] = np.array(1 / np.sqrt(Q.shape[-1]))
    _, grads = gradient_of(lesson.attention_tape(), leaves, "J", ["Q", "K", "V"])
    for name, ours in zip("QKV", attention_backward(g, attention_forward(Q, K, V, mask)[1]), strict=True):
        close(ours, grads["d" + name], rtol=1e-9, atol=1e-12)


@given(looks())
def test_attention_weights_are_a_mean_and_a_masked_one_is_exactly_zero(drawn):
    Q, K, V, mask, _ = drawn
    A, (*_, P) = attention_forward(Q, K, V, mask)
    np.testing.assert_allclose(P.sum(axis=-1), 1)
    assert (P[np.broadcast_to(mask < 0, P.shape)] == 0).all()
    low, high = V.min(axis=-2, keepdims=True), V.max(axis=-2, keepdims=True)
    assert ((low - 1e-12 <= A) & (high + 1e-12 >= A)).all()


@given(looks(), seeds)
def test_attention_without_positions_does_not_see_the_order_of_what_it_looks_at(drawn, seed):
    Q, K, V, mask, _ = drawn
    order = np.random.default_rng(seed).permutation(K.shape[-2])
    mixed = attention_forward(Q, K[..., order, :], V[..., order, :], mask[:, order])[0]
    close(attention_forward(Q, K, V, mask)[0], mixed, rtol=1e-9, atol=1e-12)


@given(looks())
def test_the_gradient_of_scores_sums_to_zero_in_each_row(drawn):
    Q, K, V, mask, g = drawn
    P = attention_forward(Q, K, V, mask)[1][3]
    np.testing.assert_allclose(softmax_backward(g @ np.swapaxes(V, -1, -2), P).sum(axis=-1), 0, atol=1e-12)


@pytest.mark.parametrize("T", [1, 2, 7])
def test_with_the_causal_mask_a_row_sees_itself_and_what_came_before(T):
    assert (softmax(causal_mask(T)) > 0).tolist() == np.tri(T, dtype=bool).tolist()


@given(m=few, T=few, heads=few, d=few, seed=seeds)
def test_heads_that_are_cut_and_joined_are_what_they_were(m, T, heads, d, seed):
    X = np.random.default_rng(seed).normal(size=(m, T, heads * d))
    blocks = split_heads(X, heads)
    assert np.array_equal(join_heads(blocks), X)
    assert all(np.array_equal(blocks[:, h], X[..., h * d : (h + 1) * d]) for h in range(heads))


# ---- embeddings and norm


@given(m=few, T=few, n_tokens=few, n=few, seed=seeds)
def test_embed_backward_is_the_mirror_of_embed(m, T, n_tokens, n, seed):
    rng = np.random.default_rng(seed)
    tokens, dX = rng.integers(0, n_tokens, (m, T)), rng.normal(size=(m, T, n))
    E, E_pos = rng.normal(size=(n_tokens, n)), rng.normal(size=(T + 2, n))
    dE, dE_pos = embed_backward(dX, tokens, n_tokens)
    # embed is linear in both matrices: <dX, embed(E, E_pos)> is <dE, E> + <dE_pos, E_pos>.
    assert np.sum(dX * embed(tokens, E, E_pos)) == pytest.approx(np.sum(dE * E) + np.sum(dE_pos * E_pos[:T]))


@st.composite
def rows(draw):
    """(X, gamma, beta, g): rows of two features or more that are not constant."""
    front, n = draw(st.lists(few, min_size=1, max_size=2)), draw(st.integers(2, 5))
    rng = np.random.default_rng(draw(seeds))
    X = rng.permuted(np.arange(n) + rng.uniform(0, 0.4, (*front, n)), axis=-1)
    return X, rng.normal(size=n), rng.normal(size=n), rng.normal(size=X.shape)


@settings(max_examples=30)
@given(rows())
def test_layer_norm_backward_is_what_small_steps_and_the_machine_find(drawn):
    X, gamma, beta, g = drawn
    dX, dgamma, dbeta = layer_norm_backward(g, layer_norm_forward(X, gamma, beta)[1])
    close(dX, measured(lambda x: np.sum(g * layer_norm_forward(x, gamma, beta)[0]), X), atol=1e-6)
    n = X.shape[-1]
    numbers = {"share": 1 / n, "minus_share": -1 / n, "minus_half": -0.5, "epsilon": 1e-5}
    leaves = {"X": X, "gamma": gamma, "beta": beta, "g": g} | {name: np.array(v) for name, v in numbers.items()}
    _, grads = gradient_of(lesson.layer_norm_tape(), leaves, "J", ["X", "gamma", "beta"])
    close(dX, grads["dX"], rtol=1e-9, atol=1e-10)
    close(dgamma, grads["dgamma"], rtol=1e-9, atol=1e-10)
    close(dbeta, grads["dbeta"], rtol=1e-9, atol=1e-10)
    np.testing.assert_allclose(dX.sum(axis=-1), 0, atol=1e-10)


def test_a_constant_row_is_normed_to_zero():
    assert layer_norm_forward(np.full((2, 3), 7.0), np.ones(3), np.zeros(3))[0].tolist() == np.zeros((2, 3)).tolist()


@pytest.mark.parametrize(("tape", "lines"), [(lesson.attention_tape, 13), (lesson.layer_norm_tape, 15)])
def test_a_tape_has_as_many_lines_as_the_lesson_says(tape, lines):
    assert len(tape()) == lines


# ---- the block and the model


def lively(rng, n_tokens, T_max, n, h):
    """Parameters of which none is 0 or 1."""
    return {
        name: v + 0.3 * rng.normal(size=v.shape) for name, v in start_parameters(rng, n_tokens, T_max, n, h).items()
    }


@pytest.mark.parametrize(("heads", "causal"), [(1, False), (2, True), (4, True)])
def test_block_backward_is_what_small_steps_measure(heads, causal):
    rng = np.random.default_rng(heads)
    p, X, g = lively(rng, 5, 3, 4, 6), rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    mask = causal_mask(3) if causal else 0.0
    dX, grads = block_backward(g, p, block_forward(X, p, mask, heads)[1])
    close(dX, measured(lambda x: np.sum(g * block_forward(x, p, mask, heads)[0]), X), atol=1e-6)
    assert len(grads) == 12
    for key, ours in grads.items():

        def moved(value, name=key[1:]):
            return np.sum(g * block_forward(X, {**p, name: value}, mask, heads)[0])

        close(ours, measured(moved, p[key[1:]]), atol=1e-6)


def test_the_gradients_of_the_model_are_what_small_steps_measure_also_for_short_texts():
    rng = np.random.default_rng(3)
    p, tokens, targets = lively(rng, 5, 6, 4, 3), rng.integers(0, 5, (2, 4)), rng.integers(0, 5, (2, 4))

    def cost(parameters):
        return sequence_loss(model_forward(tokens, parameters, causal_mask(4), 2)[0], targets)[0]

    logits, cache = model_forward(tokens, p, causal_mask(4), 2)
    grads = model_backward(sequence_loss(logits, targets)[1], p, cache)
    assert grads.keys() == {"d" + name for name in p}
    for name in p:
        close(grads["d" + name], measured(lambda v, name=name: cost({**p, name: v}), p[name]))


def test_with_the_mask_no_output_depends_on_a_later_token():
    rng = np.random.default_rng(0)
    p, tokens = lively(rng, 5, 8, 6, 7), rng.integers(0, 5, (1, 8))
    changed = tokens.copy()
    changed[0, 5] = (tokens[0, 5] + 1) % 5
    for mask, same in ((causal_mask(8), True), (0.0, False)):
        one, other = (model_forward(t, p, mask, 2)[0][0, :5] for t in (tokens, changed))
        assert np.array_equal(one, other) == same


def test_next_scores_are_those_of_the_last_place_and_see_as_much_as_there_are_positions():
    p = lively(np.random.default_rng(1), 5, 4, 4, 3)
    text = [1, 3, 0, 2, 4, 1]
    close(next_scores(p, text), next_scores(p, text[-4:]))
    close(next_scores(p, [2, 1], heads=2), model_forward(np.array([[2, 1]]), p, causal_mask(2), 2)[0][0, -1])


# ---- what the lesson says


@pytest.mark.parametrize("seed", range(5))
def test_eight_symbols_are_reversed_within_a_hundred_steps(seed):
    rng = np.random.default_rng(seed)

    def draw():
        tokens = rng.integers(0, 10, (64, 8))
        return tokens, tokens[:, ::-1]

    begin = start_parameters(np.random.default_rng(seed), 10, 8, 32, 64)
    assert sum(value.size for value in begin.values()) == 9322
    parameters, _ = train(begin, draw, 100, 0.0, 1, 0.005)
    tokens = np.random.default_rng(1000).integers(0, 10, (500, 8))
    logits, (_, _, block) = model_forward(tokens, parameters, 0.0, 1)
    assert np.mean(np.argmax(logits, axis=-1) == tokens[:, ::-1]) > 0.99
    weights = block["attention"][3][:, 0].mean(axis=0)
    assert np.argmax(weights, axis=1).tolist() == list(range(7, -1, -1))


def test_the_commonest_of_seven_symbols_is_the_right_one_as_often_as_the_lesson_says():
    rng = np.random.default_rng(0)
    others = rng.integers(0, 10, (100_000, 7))
    most = (others[:, :, np.newaxis] == np.arange(10)).sum(axis=1).max(axis=1)
    assert most.mean() / 7 == pytest.approx(0.317, abs=0.001)


def test_parameters_that_are_frozen_stay_as_they_are():
    rng = np.random.default_rng(4)
    begin = lively(rng, 4, 3, 4, 5)
    tokens = rng.integers(0, 4, (2, 3))
    after, _ = train(begin, lambda: (tokens, tokens), 3, 0.0, 1, 0.1, frozen=["E_pos", "Wq"])
    assert {name for name in begin if np.array_equal(begin[name], after[name])} == {"E_pos", "Wq"}


def test_a_mean_of_equal_things_is_the_thing_itself():
    """What the second question says."""
    Q = K = np.tile([0.3, -1.2], (5, 1))
    V = np.tile([2.0, 7.0, -1.0], (5, 1))
    close(attention_forward(Q, K, V, 0.0)[0], V)


def test_the_text_has_thirty_symbols_once_it_is_simplified():
    book = lesson.simplified(nnlab.load_text("alice"))
    assert set(book) == set(lesson.symbols)
    assert len(lesson.symbols) == 30
    assert "  " not in book


def test_windows_are_moved_by_one():
    tokens, targets = lesson.windows(np.arange(10), [0, 4], 3)
    assert tokens.tolist() == [[0, 1, 2], [4, 5, 6]]
    assert (targets == tokens + 1).all()


def test_adam_of_lesson_08_takes_the_gradients_as_they_are():
    p = lively(np.random.default_rng(2), 4, 3, 4, 5)
    tokens = np.array([[0, 3, 1]])
    logits, cache = model_forward(tokens, p, 0.0, 2)
    grads = model_backward(sequence_loss(logits, tokens)[1], p, cache)
    zeros = {"d" + name: np.zeros(value.shape) for name, value in p.items()}
    moved, _, _ = update_parameters_with_adam(p, grads, zeros, dict(zeros), 1)
    assert moved.keys() == p.keys()
