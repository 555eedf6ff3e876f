"""Lesson 11: attention. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, Seeded, case, exercise

Shape = tuple[int, ...]
NEVER = -1e9


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them near zero and none near 1."""
    numbers = rng.choice([-1.0, 1.0], shape) * np.where(
        rng.random(shape) < 0.5, rng.uniform(0.3, 0.8, shape), rng.uniform(1.2, 2.0, shape)
    )
    numbers.flat[:2] = [-0.7, 1.4]
    return numbers


def weights_of(scores: np.ndarray) -> np.ndarray:
    """Softmax along the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def looking_back(T: int) -> np.ndarray:
    return np.where(np.arange(T) > np.arange(T)[:, np.newaxis], NEVER, 0.0)


# ---- embeddings


def some_tokens(rng: np.random.Generator, m: int, T: int, n_tokens: int) -> np.ndarray:
    """Tokens of which one stands twice in the first example, and one that never occurs."""
    tokens = rng.integers(0, n_tokens - 1, (m, T))
    tokens[0, : min(T, 3)] = np.array([1, 0, 1])[:T]
    if m > 1:
        tokens[1, 0] = 1
    return np.where(tokens >= n_tokens // 2, tokens + 1, tokens)


@exercise(
    returns=["X"],
    points={"X": 5},
    misconceptions=[
        Misconception(
            "positions left out",
            "E[tokens] + E_pos[:T]",
            "E[tokens]",
            "Your X is that of the tokens alone. Each place adds a row of E_pos of its own.",
        ),
        Misconception(
            "positions by token",
            "E_pos[:T]",
            "E_pos[tokens]",
            "Your X is what comes out when the rows of E_pos are taken by the numbers of the tokens. They belong to the places 0, 1, 2, ...",
        ),
        Misconception(
            "last positions",
            "E_pos[:T]",
            "E_pos[-T:]",
            "Your X has the last rows of E_pos. The first token stands at place 0.",
        ),
        Misconception(
            "one position for all",
            "E_pos[:T]",
            "E_pos[0]",
            "In your X every place has the first row of E_pos. Each place has a row of its own.",
        ),
    ],
)
def embed(rng: np.random.Generator) -> Iterator[Case]:
    for label, (m, T, n_tokens, n, places) in {
        "two examples": (2, 3, 5, 4, 3),
        "more positions than places": (3, 4, 6, 2, 9),
        "a single example": (1, 5, 4, 3, 7),
        "examples and places of one size": (3, 3, 4, 2, 8),
    }.items():
        yield case(
            label,
            some_tokens(rng, m, T, n_tokens),
            away_from_zero(rng, n_tokens, n),
            away_from_zero(rng, places, n),
        )
    whole = rng.permutation(np.arange(15) - 6).reshape(5, 3)
    yield case("whole numbers", some_tokens(rng, 2, 4, 5), whole, rng.permutation(np.arange(18) * 20).reshape(6, 3))


@exercise(
    returns=["dE", "dE_pos"],
    points={"dE": 6, "dE_pos": 4},
    misconceptions=[
        Misconception(
            "dE as a mean over the places of a token",
            "np.add.at(dE, tokens, dX)",
            "np.add.at(dE, tokens, dX)\n    dE /= np.maximum(np.bincount(tokens.ravel(), minlength=n_tokens), 1)[:, np.newaxis]",
            "Each row of your dE is divided by how often its token occurs. What was copied is added: a token that occurs three times has three effects.",
        ),
        Misconception(
            "last of each token",
            "np.add.at(dE, tokens, dX)",
            "dE[tokens] += dX",
            "Your dE has one part only for each token. `dE[tokens] += dX` keeps the last one where a token occurs more than once; np.add.at adds all of them.",
        ),
        Misconception(
            "dE as a mean over the examples",
            "np.add.at(dE, tokens, dX)",
            "np.add.at(dE, tokens, dX / dX.shape[0])",
            "Your dE is divided by the number of examples. What was copied is added; the mean stands in the cost, and comes in with dX.",
        ),
        Misconception(
            "dE_pos as a mean over the examples",
            "np.sum(dX, axis=0)",
            "np.mean(dX, axis=0)",
            "Your dE_pos is divided by the number of examples. What was copied is added; the mean stands in the cost, and comes in with dX.",
        ),
        Misconception(
            "dE_pos summed over the places",
            "np.sum(dX, axis=0)",
            "np.sum(dX, axis=1)",
            "Your dE_pos is summed over the places. A row of E_pos belongs to one place of all examples: the sum runs over the examples.",
        ),
        Misconception(
            "dE_pos of the first example",
            "np.sum(dX, axis=0)",
            "dX[0]",
            "Your dE_pos is that of the first example alone. All examples have the same positions, and their parts are added.",
        ),
        Misconception(
            "dE without what does not occur",
            "np.sum(dX, axis=0)",
            "np.sum(dX, axis=0)\n    dE = dE[np.unique(tokens)]",
            "Your dE has rows for those tokens alone that occur. It has the shape of E: a token that does not occur gets a row of zeros.",
        ),
    ],
)
def embed_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, (m, T, n_tokens, n) in {
        "two examples": (2, 3, 5, 4),
        "four examples": (4, 5, 6, 3),
        "a single example": (1, 5, 4, 2),
        "examples and places of one size": (3, 3, 6, 2),
        "four examples and places of one size": (4, 4, 5, 3),
    }.items():
        yield case(label, away_from_zero(rng, m, T, n), some_tokens(rng, m, T, n_tokens), n_tokens)
    yield case("whole numbers", rng.integers(2, 9, (3, 4, 2)), some_tokens(rng, 3, 4, 5), 5)


# ---- attention


@exercise(
    returns=["mask"],
    points={"mask": 5},
    misconceptions=[
        Misconception(
            "lower triangle",
            "np.triu(np.full((T, T), -1e9), k=1)",
            "np.tril(np.full((T, T), -1e9))",
            "Your mask forbids the place itself and all before it, and lets it see what comes later. Row t looks at the columns 0 to t.",
        ),
        Misconception(
            "transposed",
            "np.triu(np.full((T, T), -1e9), k=1)",
            "np.tril(np.full((T, T), -1e9), k=-1)",
            "Your mask forbids what came before and lets each place see what comes later. Row t looks at the columns 0 to t.",
        ),
        Misconception(
            "diagonal forbidden too",
            "k=1",
            "k=0",
            "Your mask forbids the diagonal too. A place may look at itself: it is the place after it that has the answer.",
        ),
        Misconception(
            "one step too far",
            "k=1",
            "k=2",
            "Your mask lets each place see the one after it. There stands the answer.",
        ),
        Misconception(
            "1 where allowed",
            "np.triu(np.full((T, T), -1e9), k=1)",
            "np.tri(T)",
            "Your mask has 1 where a place may look and 0 where not. The mask is added to the scores: 0 changes nothing, and -1e9 makes the weight 0.",
        ),
        Misconception(
            "1 where forbidden",
            "np.triu(np.full((T, T), -1e9), k=1)",
            "1.0 - np.tri(T)",
            "Your mask has 1 where a place may not look. The mask is added to the scores: a score that grows by 1 gets more weight, not less. It takes -1e9 to make it 0.",
        ),
        Misconception(
            "nearly nothing",
            "(T, T), -1e9)",
            "(T, T), -1e-9)",
            "Your mask is -1e-9, a number next to nothing: it forbids nobody. -1e9 is minus a thousand millions.",
        ),
        Misconception(
            "a reward",
            "(T, T), -1e9)",
            "(T, T), 1e9)",
            "Your mask adds 1e9 where a place may not look, so it would look nowhere else. The number is negative.",
        ),
        Misconception(
            "minus infinity",
            "(T, T), -1e9)",
            "(T, T), -np.inf)",
            "Your mask has minus infinity where a place may not look. The docstring asks for -1e9, because a row that is masked everywhere would become nan.",
        ),
    ],
    equivalent={
        "mask = np.triu(np.full((T, T), -1000000001.0), k=1)": "within the tolerance",
    },
)
def causal_mask(rng: np.random.Generator) -> Iterator[Case]:
    yield case("three places", 3)
    yield case("some places", int(rng.integers(4, 7)))
    yield case("many places", int(rng.integers(10, 15)))
    yield case("a single place", 1)


def queries(rng: np.random.Generator, front: Shape, T: int, S: int, d: int, d_v: int) -> tuple[np.ndarray, ...]:
    """Q, K and V; the scores differ enough for the weights to be far from equal, and from 0 and 1."""
    Q, K = 0.9 * away_from_zero(rng, *front, T, d), 0.9 * away_from_zero(rng, *front, S, d)
    return Q, K, away_from_zero(rng, *front, S, d_v)


def some_mask(rng: np.random.Generator, T: int, S: int) -> np.ndarray:
    """A mask that is not the causal one; each row may look at two columns or more."""
    mask = np.full((T, S), NEVER)
    for row in mask:
        row[rng.permutation(S)[: int(rng.integers(2, S))]] = 0.0
    return mask


# Name, axes in front, T, S, d, d_v, and which mask.
ATTENTION: list[tuple[str, Shape, int, int, int, int, str]] = [
    ("no mask", (2,), 4, 4, 3, 3, "none"),
    ("causal", (2,), 5, 5, 3, 3, "causal"),
    ("three heads, causal", (2, 3), 4, 4, 5, 5, "causal"),
    ("a translation, from three words to five", (2,), 5, 3, 4, 6, "none"),
    ("a translation with two heads", (3, 2), 4, 5, 6, 7, "none"),
    ("a mask of another kind", (3,), 6, 6, 2, 2, "some"),
    ("a mask that is not square", (2, 4), 3, 5, 6, 7, "some"),
    ("two axes only", (), 3, 6, 4, 2, "none"),
]


def attentions(rng: np.random.Generator) -> Iterator[tuple[str, tuple[np.ndarray, ...], Any]]:
    """(name, (Q, K, V), mask) of each case."""
    for label, front, T, S, d, d_v, kind in ATTENTION:
        mask: Any = 0.0 if kind == "none" else looking_back(T) if kind == "causal" else some_mask(rng, T, S)
        yield label, queries(rng, front, T, S, d, d_v), mask


@exercise(
    returns=["A", "cache"],
    points={"A": 10, "cache": 2},
    misconceptions=[
        Misconception(
            "result scaled, not the scores",
            "S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(d) + mask\n    P = softmax(S)\n    A = P @ V",
            "S = Q @ np.swapaxes(K, -1, -2) + mask\n    P = softmax(S)\n    A = P @ V / np.sqrt(d)",
            "Yours is what comes out when A is divided by the root of d, and not the scores. The root belongs before softmax.",
        ),
        Misconception(
            "scores crossed out",
            "/ np.sqrt(d) + mask",
            "/ np.sqrt(d) * (np.asarray(mask) == 0)",
            "Yours is what comes out when the forbidden scores become 0. e to the power of 0 is 1, so these places still get weight; the mask is added.",
        ),
        Misconception(
            "softmax along the columns",
            "P = softmax(S)",
            "P = np.swapaxes(softmax(np.swapaxes(S, -1, -2)), -1, -2)",
            "Yours is what comes out when softmax runs along the columns. Each row is a word that looks, and its weights sum to 1.",
        ),
        Misconception(
            "not scaled",
            " / np.sqrt(d)",
            "",
            "Yours is what comes out without the division by the root of d. A sum of d products has d times the variance of one.",
        ),
        Misconception(
            "divided by d",
            "np.sqrt(d)",
            "d",
            "Yours is what comes out when the scores are divided by d. The variance of the sum is d, so its deviation is the root of d.",
        ),
        Misconception(
            "root of another size",
            "Q.shape[-1]",
            "K.shape[-2]",
            "Yours is what comes out when the scores are divided by the root of the number of keys. d is the number of features of a query.",
        ),
        Misconception(
            "mask left out",
            " + mask",
            "",
            "Yours is what comes out without the mask: places are seen that are forbidden.",
        ),
        Misconception(
            "mask divided too",
            "Q @ np.swapaxes(K, -1, -2) / np.sqrt(d) + mask",
            "(Q @ np.swapaxes(K, -1, -2) + mask) / np.sqrt(d)",
            "Yours is what comes out when the mask is divided by the root of d too. It is added to the scores when they are scaled already.",
        ),
        Misconception(
            "weights crossed out after softmax",
            "S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(d) + mask\n    P = softmax(S)",
            "S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(d)\n    P = softmax(S) * (np.asarray(mask) == 0)",
            "In yours the forbidden weights are set to 0 after softmax, so the rows sum to less than 1. The mask is added to the scores, before softmax.",
        ),
        Misconception(
            "scores without softmax",
            "P = softmax(S)",
            "P = S",
            "Yours is what comes out when the scores themselves are the weights. Softmax makes them positive, with the sum 1.",
        ),
        Misconception(
            "keys for values",
            "A = P @ V",
            "A = P @ K",
            "Yours mixes the keys. The keys say who fits; what is handed over are the values.",
        ),
        Misconception(
            "scores in the cache",
            "cache = (Q, K, V, P)",
            "cache = (Q, K, V, S)",
            "The last entry of your cache is what went into softmax. The way back needs what came out: the weights P.",
        ),
        Misconception(
            "result in the cache",
            "cache = (Q, K, V, P)",
            "cache = (Q, K, V, A)",
            "The last entry of your cache is A. The way back needs the weights P.",
        ),
    ],
    equivalent={
        "d = K.shape[-1]": "queries and keys have as many features",
    },
)
def attention_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, arrays, mask in attentions(rng):
        yield case(label, *arrays, mask)
    # Of numbers as large as the scores it is seen when they are added; -1e9 forbids before the division as well.
    yield case("a mask that makes less likely", *queries(rng, (2,), 4, 5, 3, 4), away_from_zero(rng, 4, 5))
    yield case("a mask that makes less likely, two heads", *queries(rng, (4, 2), 3, 3, 6, 5), away_from_zero(rng, 3, 3))
    yield case(
        "whole numbers",
        *rng.integers(-2, 4, (3, 2, 3, 5)),
        some_mask(rng, 3, 3).astype(int),
    )


@exercise(
    returns=["dS"],
    points={"dS": 9},
    misconceptions=[
        Misconception(
            "each weight alone",
            "P * (dP - mean)",
            "P * (1 - P) * dP",
            "Yours has the slope P(1 - P), as for the sigmoid. Here the weights of a row share one sum: each score moves all of them.",
        ),
        Misconception(
            "one mean for all",
            "np.sum(dP * P, axis=-1, keepdims=True)",
            "np.sum(dP * P)",
            "Yours takes one and the same sum away everywhere. Each row has its own.",
        ),
        Misconception(
            "mean of another axis",
            "axis=-1, keepdims=True",
            "axis=-2, keepdims=True",
            "Yours sums along the columns. The weights that share one sum stand in a row: the last axis.",
        ),
        Misconception(
            "mean without the weights",
            "np.sum(dP * P, axis=-1, keepdims=True)",
            "np.mean(dP, axis=-1, keepdims=True)",
            "Yours takes the plain mean of dP away. It is the mean with the weights P: a weight that is large counts for more.",
        ),
        Misconception(
            "mean left out",
            "(dP - mean)",
            "dP",
            "Yours is P times dP. That is the first term; raising one score lowers all other weights of the row too.",
        ),
        Misconception(
            "weights left out",
            "P * (dP - mean)",
            "dP - mean",
            "Yours is what comes out without the factor P in front. A score whose weight is small changes little.",
        ),
    ],
)
def softmax_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [
        ("two rows", (2, 5)),
        ("rows and columns of one size", (4, 4)),
        ("three axes", (2, 3, 4)),
        ("three axes, the last two of one size", (2, 3, 3)),
        ("heads", (2, 3, 4, 5)),
        ("a single row", (1, 6)),
    ]:
        yield case(label, away_from_zero(rng, *shape), weights_of(1.2 * away_from_zero(rng, *shape)))
    masked = weights_of(away_from_zero(rng, 2, 5, 5) + looking_back(5))
    whole = rng.permutation(np.arange(12) - 5).reshape(3, 4)
    yield case("whole numbers", whole, weights_of(away_from_zero(rng, 3, 4)))
    yield case("weights of which some are 0", away_from_zero(rng, 2, 5, 5), masked)


@exercise(
    returns=["dQ", "dK", "dV"],
    points={"dQ": 4, "dK": 4, "dV": 4},
    misconceptions=[
        Misconception(
            "divided by d",
            "np.sqrt(Q.shape[-1])",
            "Q.shape[-1]",
            "Your dQ and dK are divided by d. Forward, the scores are divided by the root of d, and so are the gradients on the way back.",
        ),
        Misconception(
            "root left out",
            "softmax_backward(dP, P) / np.sqrt(Q.shape[-1])",
            "softmax_backward(dP, P)",
            "Your dQ and dK are exactly the root of d times what is expected. The factor of the way forward is a factor of the way back too.",
        ),
        Misconception(
            "multiplied by the root",
            "softmax_backward(dP, P) / np.sqrt(Q.shape[-1])",
            "softmax_backward(dP, P) * np.sqrt(Q.shape[-1])",
            "Your dQ and dK are d times what is expected. Forward, the scores are divided by the root of d, and so are the gradients on the way back.",
        ),
        Misconception(
            "softmax skipped",
            "softmax_backward(dP, P)",
            "dP",
            "Your dQ and dK are what comes out when dP is handed on as it is. Between the weights and the scores stands softmax.",
        ),
        Misconception(
            "dV of the gradient of the weights",
            "dV = np.swapaxes(P, -1, -2) @ dA",
            "dV = np.swapaxes(dA @ np.swapaxes(V, -1, -2), -1, -2) @ dA",
            "Your dV is made with dP. In A = PV, the gradient of V is made with P itself.",
        ),
    ],
    equivalent={
        "dS = softmax_backward(dP, P) / np.sqrt(K.shape[-1])": "queries and keys have as many features",
    },
)
def attention_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, (Q, K, V), mask in attentions(rng):
        P = weights_of(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]) + mask)
        yield case(label, away_from_zero(rng, *Q.shape[:-1], V.shape[-1]), (Q, K, V, P))


@exercise(
    returns=["blocks"],
    points={"blocks": 6},
    misconceptions=[
        Misconception(
            "one reshape",
            "cut = X.reshape(m, T, heads, n // heads)\n    blocks = np.swapaxes(cut, 1, 2)",
            "blocks = X.reshape(m, heads, T, n // heads)",
            "Your blocks have the right shape and mix the words: a reshape fills the numbers in as they lie, word after word. First cut the features, then exchange two axes.",
        ),
        Misconception(
            "axes 1 and 3 exchanged",
            "np.swapaxes(cut, 1, 2)",
            "np.swapaxes(cut, 1, 3)",
            "In your blocks the axis of the words has changed places with the features. The heads change places with the words: axes 1 and 2.",
        ),
        Misconception(
            "every so many features",
            "cut = X.reshape(m, T, heads, n // heads)",
            "cut = np.swapaxes(X.reshape(m, T, n // heads, heads), 2, 3)",
            "Your heads take every so many features. Each head has a block of neighbours: head 0 the first n / heads.",
        ),
        Misconception(
            "words before heads",
            "np.swapaxes(cut, 1, 2)",
            "cut",
            "Your blocks are cut, but the words still stand before the heads. The shape is (m, heads, T, n / heads).",
        ),
        Misconception(
            "words cut",
            "cut = X.reshape(m, T, heads, n // heads)\n    blocks = np.swapaxes(cut, 1, 2)",
            "blocks = np.repeat(X[:, np.newaxis], heads, axis=1)",
            "In yours every head has all the features. Each gets a block of n / heads of them.",
        ),
    ],
)
def split_heads(rng: np.random.Generator) -> Iterator[Case]:
    for label, (m, T, n, heads) in {
        "two heads of three features": (3, 5, 6, 2),
        "three heads": (2, 4, 6, 3),
        "as many words as features of a head": (2, 4, 12, 3),
        "as many words as features of a head, again": (3, 2, 8, 4),
        "a single head": (2, 3, 4, 1),
        "heads of one feature": (1, 3, 5, 5),
        "as many words as heads": (2, 3, 12, 3),
        "as many words as heads, again": (4, 2, 6, 2),
    }.items():
        yield case(label, away_from_zero(rng, m, T, n), heads)
    yield case("whole numbers", rng.permutation(np.arange(48)).reshape(2, 3, 8), 2)


# ---- layer norm


def rows_to_norm(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Rows of several means and deviations; one has a deviation of about 0.01, and one is constant."""
    rows = rng.uniform(-3, 3, (*shape[:-1], 1)) + rng.uniform(0.5, 2, (*shape[:-1], 1)) * rng.normal(size=shape)
    flat = rows.reshape(-1, shape[-1])
    flat[0] = 1.5 + 0.01 * rng.permutation(np.linspace(-1.5, 1.5, shape[-1]))
    if len(flat) > 2:
        flat[2] = -0.75
    return flat.reshape(shape)


@exercise(
    returns=["Y", "cache"],
    points={"Y": 6, "cache": 2},
    misconceptions=[
        Misconception(
            "epsilon outside the root",
            "s = np.sqrt(variance + epsilon)",
            "s = np.sqrt(variance) + epsilon",
            "Yours is what comes out when epsilon is added after the root. It stands inside, beside the variance.",
        ),
        Misconception(
            "divided by the variance",
            "np.sqrt(variance + epsilon)",
            "variance + epsilon",
            "Yours is what comes out when the rows are divided by their variance. The root of it is the deviation.",
        ),
        Misconception(
            "n - 1",
            "np.var(X, axis=-1, keepdims=True)",
            "np.var(X, axis=-1, keepdims=True, ddof=1)",
            "Yours is what comes out when the variance is divided by n - 1. Here it is the mean of the squares, divided by n.",
        ),
        Misconception(
            "over the examples",
            "mu = np.mean(X, axis=-1, keepdims=True)\n    variance = np.var(X, axis=-1, keepdims=True)",
            "mu = np.mean(X, axis=0, keepdims=True)\n    variance = np.var(X, axis=0, keepdims=True)",
            "Yours takes mean and variance over the examples, as a batch norm does. The layer norm takes them over the features of each row.",
        ),
        Misconception(
            "over the places",
            "mu = np.mean(X, axis=-1, keepdims=True)\n    variance = np.var(X, axis=-1, keepdims=True)",
            "mu = np.mean(X, axis=-2, keepdims=True)\n    variance = np.var(X, axis=-2, keepdims=True)",
            "Yours takes mean and variance over the places. The layer norm takes them over the features of each row.",
        ),
        Misconception(
            "over places and features",
            "mu = np.mean(X, axis=-1, keepdims=True)\n    variance = np.var(X, axis=-1, keepdims=True)",
            "mu = np.mean(X, axis=(-2, -1), keepdims=True)\n    variance = np.var(X, axis=(-2, -1), keepdims=True)",
            "Yours takes one mean and one variance for all places of an example. Each row has its own.",
        ),
        Misconception(
            "mean not taken away",
            "H = (X - mu) / s",
            "H = X / s",
            "Yours is what comes out when the mean is not taken away. Each row gets the mean 0 and the deviation 1.",
        ),
        Misconception(
            "shift left out",
            "gamma * H + beta",
            "gamma * H",
            "Your Y is what comes out without beta.",
        ),
        Misconception(
            "scale left out",
            "gamma * H + beta",
            "H + beta",
            "Your Y is what comes out without gamma.",
        ),
        Misconception(
            "epsilon fixed",
            "variance + epsilon",
            "variance + 1e-5",
            "Yours is that of epsilon = 1e-5, whatever `epsilon` says. Use the argument.",
            also=("variance + 1e-8",),
        ),
        Misconception(
            "epsilon left out",
            "variance + epsilon",
            "variance",
            "Yours is what comes out without epsilon: a row whose features are all the same is divided by 0.",
        ),
        Misconception(
            "variance in the cache",
            "cache = (H, s, gamma)",
            "cache = (H, variance, gamma)",
            "The second entry of your cache is the variance. The way back needs the deviation s.",
        ),
        Misconception(
            "input in the cache",
            "cache = (H, s, gamma)",
            "cache = (X, s, gamma)",
            "The first entry of your cache is X. The way back needs the normed rows H.",
        ),
        Misconception(
            "output in the cache",
            "cache = (H, s, gamma)",
            "cache = (Y, s, gamma)",
            "The first entry of your cache is Y. The way back needs the rows as they are before gamma and beta.",
        ),
    ],
)
def layer_norm_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape, settings in [
        ("two examples", (2, 3, 5), ()),
        ("a row for each example", (4, 6), ()),
        ("three examples, another epsilon", (3, 2, 4), (0.1,)),
        ("a single example", (1, 4, 3), ()),
        ("many features, another epsilon", (3, 2, 9), (0.02,)),
    ]:
        yield case(
            label,
            rows_to_norm(rng, *shape),
            away_from_zero(rng, shape[-1]),
            away_from_zero(rng, shape[-1]),
            *settings,
        )
    whole = rng.permutation(np.arange(24) - 7).reshape(2, 3, 4)
    yield case("whole numbers", whole, rng.integers(2, 5, 4), rng.integers(-3, 0, 4), 1)


@exercise(
    returns=["dX", "dgamma", "dbeta"],
    points={"dX": 6, "dgamma": 2, "dbeta": 2},
    misconceptions=[
        Misconception(
            "gamma at the end",
            "dH = dY * gamma\n    shift = np.mean(dH, axis=-1, keepdims=True)\n    stretch = np.mean(dH * H, axis=-1, keepdims=True)\n    dX = (dH - shift - H * stretch) / s",
            "dH = dY\n    shift = np.mean(dH, axis=-1, keepdims=True)\n    stretch = np.mean(dH * H, axis=-1, keepdims=True)\n    dX = gamma * (dH - shift - H * stretch) / s",
            "Your dX is what comes out when gamma multiplies at the end. On the way back gamma comes first, because it came last: the two means are those of dH = dY∘gamma.",
        ),
        Misconception(
            "means of everything",
            "np.mean(dH, axis=-1, keepdims=True)\n    stretch = np.mean(dH * H, axis=-1, keepdims=True)",
            "np.mean(dH)\n    stretch = np.mean(dH * H)",
            "Your dX has one mean for all rows. Each row has two means of its own, over its features.",
        ),
        Misconception(
            "mean and deviation taken as constants",
            "(dH - shift - H * stretch) / s",
            "dH / s",
            "Your dX is dH / s. That would be right if mean and deviation did not depend on X; each feature moves them too.",
        ),
        Misconception(
            "deviation taken as a constant",
            "(dH - shift - H * stretch) / s",
            "(dH - shift) / s",
            "Your dX is what comes out when the deviation is taken as a constant. Each feature moves it too: the term with H is missing.",
        ),
        Misconception(
            "mean taken as a constant",
            "(dH - shift - H * stretch) / s",
            "(dH - H * stretch) / s",
            "Your dX is what comes out when the mean is taken as a constant. Each feature moves it too.",
        ),
        Misconception(
            "H left out",
            "H * stretch",
            "stretch",
            "Your dX has the mean of dH∘H in it, but not the factor H before it.",
        ),
        Misconception(
            "gamma left out",
            "dH = dY * gamma",
            "dH = dY",
            "Your dX is what comes out without gamma. Y is gamma times H, so dH is gamma times dY.",
        ),
        Misconception(
            "not divided by s",
            "(dH - shift - H * stretch) / s",
            "dH - shift - H * stretch",
            "Your dX is what comes out without the division by s.",
        ),
        Misconception(
            "sums in dX",
            "shift = np.mean(dH, axis=-1, keepdims=True)\n    stretch = np.mean(dH * H, axis=-1, keepdims=True)",
            "shift = np.sum(dH, axis=-1, keepdims=True)\n    stretch = np.sum(dH * H, axis=-1, keepdims=True)",
            "Your dX has sums in the place of the two means over the features.",
        ),
        Misconception(
            "dgamma as a mean",
            "np.sum(dY * H, axis=rows)",
            "np.mean(dY * H, axis=rows)",
            "Your dgamma is a mean. gamma was copied to all rows, and what was copied is added.",
        ),
        Misconception(
            "dbeta as a mean",
            "np.sum(dY, axis=rows)",
            "np.mean(dY, axis=rows)",
            "Your dbeta is a mean. beta was copied to all rows, and what was copied is added.",
        ),
        Misconception(
            "dgamma summed over the examples only",
            "np.sum(dY * H, axis=rows)",
            "np.sum(dY * H, axis=0)",
            "Your dgamma is summed over the first axis alone. It is of the shape of gamma: the sum runs over all axes but the last.",
        ),
        Misconception(
            "dbeta summed over the examples only",
            "np.sum(dY, axis=rows)",
            "np.sum(dY, axis=0)",
            "Your dbeta is summed over the first axis alone. It is of the shape of beta: the sum runs over all axes but the last.",
        ),
        Misconception(
            "dgamma without H",
            "np.sum(dY * H, axis=rows)",
            "np.sum(dY, axis=rows) * 1.0",
            "Your dgamma equals dbeta. gamma is a factor of H, so its gradient has H in it.",
        ),
    ],
)
def layer_norm_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [
        ("two examples", (2, 3, 5)),
        ("a row for each example", (4, 6)),
        ("three examples", (3, 2, 4)),
        ("a single example", (1, 4, 3)),
        ("rows of two axes, again", (5, 3)),
    ]:
        X = rng.uniform(-3, 3, (*shape[:-1], 1)) + rng.uniform(0.5, 2, (*shape[:-1], 1)) * rng.normal(size=shape)
        _Y, H, s = normed(X, np.ones(shape[-1]), np.zeros(shape[-1]))
        yield case(label, away_from_zero(rng, *shape), (H, s, away_from_zero(rng, shape[-1])))


def normed(X: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The layer norm of X, its rows before gamma and beta, and their deviations."""
    s = np.sqrt(X.var(axis=-1, keepdims=True) + 1e-5)
    H = (X - X.mean(axis=-1, keepdims=True)) / s
    return gamma * H + beta, H, s


# ---- the block


NAMES = ("gamma1", "beta1", "Wq", "Wk", "Wv", "Wo", "gamma2", "beta2", "W1", "b1", "W2", "b2")
# Name, m, T, n, h, heads, and whether the mask is the causal one.
BLOCKS: list[tuple[str, int, int, int, int, int, bool]] = [
    ("two heads", 5, 3, 8, 7, 2, False),
    ("two heads, causal", 3, 5, 8, 6, 2, True),
    ("a single head", 2, 5, 3, 7, 1, True),
    ("hidden units and features of one size", 3, 2, 4, 4, 2, False),
    ("hidden units and features of one size, causal", 2, 4, 6, 6, 3, True),
    ("a single example", 1, 4, 6, 3, 3, False),
]


def block_parameters(rng: np.random.Generator, n: int, h: int) -> dict[str, np.ndarray]:
    shapes: dict[str, Shape] = dict.fromkeys(("gamma1", "beta1", "gamma2", "beta2", "b2"), (n,))
    shapes |= dict.fromkeys(("Wq", "Wk", "Wv", "Wo"), (n, n)) | {"W1": (n, h), "b1": (h,), "W2": (h, n)}
    return {name: away_from_zero(rng, *shapes[name]) * (0.8 if name[0] == "W" else 1.0) for name in NAMES}


def in_heads(X: np.ndarray, heads: int) -> np.ndarray:
    return np.stack(np.split(X, heads, axis=-1), axis=1)


def block_cache(X: np.ndarray, p: Mapping[str, np.ndarray], mask: Any, heads: int) -> dict[str, Any]:
    """The cache of block_forward, as its docstring lists it."""
    N1, H1, s1 = normed(X, p["gamma1"], p["beta1"])
    Q, K, V = (in_heads(N1 @ p[name], heads) for name in ("Wq", "Wk", "Wv"))
    P = weights_of(Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]) + mask)
    A = np.concatenate(list(np.moveaxis(P @ V, 1, 0)), axis=-1)
    N2, H2, s2 = normed(X + A @ p["Wo"], p["gamma2"], p["beta2"])
    H = np.maximum(N2 @ p["W1"] + p["b1"], 0)
    norms = {"norm1": (H1, s1, p["gamma1"]), "norm2": (H2, s2, p["gamma2"])}
    return {"N1": N1, "attention": (Q, K, V, P), "A": A, "N2": N2, "H": H, **norms}


def blocks(rng: np.random.Generator) -> Iterator[tuple[str, np.ndarray, dict[str, np.ndarray], Any, int]]:
    """(name, X, parameters, mask, heads) of each case."""
    for label, m, T, n, h, heads, causal in BLOCKS:
        mask = looking_back(T) if causal else 0.0
        yield label, away_from_zero(rng, m, T, n), block_parameters(rng, n, h), mask, heads


@exercise(
    returns=["Y", "cache"],
    points={"Y": 6, "cache": 2},
    misconceptions=[
        Misconception(
            "norms after the sums",
            'N1, norm1 = layer_norm_forward(X, p["gamma1"], p["beta1"])\n    Q = split_heads(N1 @ p["Wq"], heads)\n    K = split_heads(N1 @ p["Wk"], heads)\n    V = split_heads(N1 @ p["Wv"], heads)\n    blocks, attention = attention_forward(Q, K, V, mask)\n    A = join_heads(blocks)\n    U = X + A @ p["Wo"]\n    N2, norm2 = layer_norm_forward(U, p["gamma2"], p["beta2"])\n    H = np.maximum(N2 @ p["W1"] + p["b1"], 0)\n    Y = U + H @ p["W2"] + p["b2"]',
            'Q = split_heads(X @ p["Wq"], heads)\n    K = split_heads(X @ p["Wk"], heads)\n    V = split_heads(X @ p["Wv"], heads)\n    blocks, attention = attention_forward(Q, K, V, mask)\n    A = join_heads(blocks)\n    N1, norm1 = layer_norm_forward(X + A @ p["Wo"], p["gamma1"], p["beta1"])\n    H = np.maximum(N1 @ p["W1"] + p["b1"], 0)\n    N2, norm2 = layer_norm_forward(N1 + H @ p["W2"] + p["b2"], p["gamma2"], p["beta2"])\n    Y = N2',
            "Yours has the norms after the sums, as the first transformers had them. Here each norm stands at the beginning of its branch.",
        ),
        Misconception(
            "keys and values exchanged",
            "attention_forward(Q, K, V, mask)",
            "attention_forward(Q, V, K, mask)",
            "Yours is what comes out when keys and values change places. The keys are compared with the queries, and the values are handed over.",
        ),
        Misconception(
            "first residual missing",
            "U = X + A @",
            "U = A @",
            "Yours is what comes out when X is not added to what the attention found. The branch adds to what came in.",
        ),
        Misconception(
            "second residual missing",
            "Y = U + H @",
            "Y = H @",
            "Your Y is what comes out when U is not added to what the small network found. The branch adds to what came in.",
        ),
        Misconception(
            "norm on the straight line",
            "U = X + A @",
            "U = N1 + A @",
            "Yours adds what the attention found to the normed X. On the straight line X passes unchanged; the norm stands on the branch.",
        ),
        Misconception(
            "second norm on the straight line",
            "Y = U + H @",
            "Y = N2 + H @",
            "Your Y adds what the small network found to the normed U. On the straight line U passes unchanged; the norm stands on the branch.",
        ),
        Misconception(
            "second norm of X",
            'layer_norm_forward(U, p["gamma2"], p["beta2"])',
            'layer_norm_forward(X, p["gamma2"], p["beta2"])',
            "Yours is what comes out when the second norm is that of X. The second branch begins at U.",
        ),
        Misconception(
            "second residual from X",
            "Y = U + H @",
            "Y = X + H @",
            "Your Y is X plus what the small network found. The second branch begins at U, and comes back to U.",
        ),
        Misconception(
            "Wo left out",
            'U = X + A @ p["Wo"]',
            "U = X + A",
            "Yours is what comes out without Wo. The joined heads go through Wo before they are added.",
        ),
        Misconception(
            "relu at the end",
            'H = np.maximum(N2 @ p["W1"] + p["b1"], 0)\n    Y = U + H @ p["W2"] + p["b2"]',
            'H = N2 @ p["W1"] + p["b1"]\n    Y = U + np.maximum(H @ p["W2"] + p["b2"], 0)',
            "Yours is what comes out when relu comes after W2. It stands between W1 and W2: without it the two would be one matrix.",
        ),
        Misconception(
            "relu left out",
            'np.maximum(N2 @ p["W1"] + p["b1"], 0)',
            'N2 @ p["W1"] + p["b1"]',
            "Yours is what comes out without relu. Without it W1 and W2 would be one matrix.",
        ),
        Misconception(
            "attention without its norm",
            'split_heads(N1 @ p["Wq"], heads)\n    K = split_heads(N1 @ p["Wk"], heads)\n    V = split_heads(N1 @ p["Wv"], heads)',
            'split_heads(X @ p["Wq"], heads)\n    K = split_heads(X @ p["Wk"], heads)\n    V = split_heads(X @ p["Wv"], heads)',
            "Yours is what comes out when queries, keys and values are made from X itself. The branch begins with a norm: they are made from N1.",
        ),
        Misconception(
            "parameters of the first norm twice",
            'layer_norm_forward(U, p["gamma2"], p["beta2"])',
            'layer_norm_forward(U, p["gamma1"], p["beta1"])',
            "Yours is what comes out when the second norm has gamma1 and beta1. It has a gamma and a beta of its own.",
        ),
        Misconception(
            "mask left out",
            "attention_forward(Q, K, V, mask)",
            "attention_forward(Q, K, V, 0.0)",
            "Yours is what comes out without the mask. It is handed on to the attention.",
        ),
        Misconception(
            "input of relu in the cache",
            '"H": H}',
            '"H": N2 @ p["W1"] + p["b1"]}',
            "The entry H of your cache is what went into relu. Asked for is what came out.",
        ),
        Misconception(
            "result of the branch in the cache",
            '"A": A,',
            '"A": A @ p["Wo"],',
            "The entry A of your cache is what comes after Wo. Asked for is the joined output of the attention, before Wo.",
        ),
    ],
    equivalent={
        "H = np.maximum(0, N2 @ p['W1'] + p['b1'])": "the larger of two numbers, whichever comes first",
    },
)
def block_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, X, parameters, mask, heads in blocks(rng):
        yield case(label, X, parameters, mask, heads)
    whole = rng.permutation(np.arange(24) - 7).reshape(2, 3, 4)
    yield case("whole numbers", whole, block_parameters(rng, 4, 5), looking_back(3).astype(int), 2)


GRADS = tuple(f'grads["d{name}"]' for name in NAMES)


@exercise(
    returns=["dX", "grads"],
    points={"dX": 3, **dict.fromkeys(GRADS, 1)},
    misconceptions=[
        Misconception(
            "straight way from U missing",
            "dU = dY + through_norm2",
            "dU = through_norm2",
            "Everything before the second branch is what comes out when dY does not go straight on to U. At each plus the gradient goes both ways.",
        ),
        Misconception(
            "straight way from X missing",
            "dX = dU + through_norm1",
            "dX = through_norm1",
            "Your dX is what comes out when dU does not go straight on to X. At each plus the gradient goes both ways.",
        ),
        Misconception(
            "dY straight to X",
            "dX = dU + through_norm1",
            "dX = dY + through_norm1",
            "Your dX is dY plus what the first norm gives. What arrives at the first plus is dU: dY, and what came back through the second branch.",
        ),
        Misconception(
            "queries alone",
            'dN1 = dQ @ p["Wq"].T + dK @ p["Wk"].T + dV @ p["Wv"].T',
            'dN1 = dQ @ p["Wq"].T',
            "What lies before the attention is what comes out when the queries alone send back a gradient. N1 was used three times, and the three parts are added.",
        ),
        Misconception(
            "values alone",
            'dN1 = dQ @ p["Wq"].T + dK @ p["Wk"].T + dV @ p["Wv"].T',
            'dN1 = dV @ p["Wv"].T',
            "What lies before the attention is what comes out when the values alone send back a gradient. N1 was used three times, and the three parts are added.",
        ),
        Misconception(
            "relu by its norm",
            'dH * (cache["H"] > 0)',
            'dH * (cache["N2"] > 0)',
            "Yours lets the gradient pass relu where N2 is positive. It passes where H is: N2 is what came before W1.",
        ),
        Misconception(
            "relu always open",
            'dH * (cache["H"] > 0)',
            "dH",
            "Yours is what comes out when the gradient passes relu everywhere. It passes where H is positive.",
        ),
        Misconception(
            "gradients of weights divided by m",
            'heads = cache["attention"][0].shape[1]',
            'heads = cache["attention"][0].shape[1]\n    weight_gradient = lambda N, dZ: N.reshape(-1, N.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1]) / dY.shape[0]',
            "Your gradients of the weights are divided by the number of examples. The mean stands in the cost, and has come in with dY.",
        ),
        Misconception(
            "gradients of biases as means",
            'grads["db1"] = np.sum(dZ1, axis=(0, 1))',
            'grads["db1"], grads["db2"] = np.mean(dZ1, axis=(0, 1)), np.mean(dY, axis=(0, 1))',
            "Your db1 and db2 are means. A bias was copied to all places of all examples, and what was copied is added.",
        ),
        Misconception(
            "Wo not transposed",
            'dU @ p["Wo"].T',
            'dU @ p["Wo"]',
            "What lies before Wo is what comes out when Wo is not transposed on the way back.",
        ),
        Misconception(
            "Wq, Wk and Wv not transposed",
            'dN1 = dQ @ p["Wq"].T + dK @ p["Wk"].T + dV @ p["Wv"].T',
            'dN1 = dQ @ p["Wq"] + dK @ p["Wk"] + dV @ p["Wv"]',
            "What lies before Wq, Wk and Wv is what comes out when they are not transposed on the way back.",
        ),
        Misconception(
            "dWo with dY",
            'weight_gradient(cache["A"], dU)',
            'weight_gradient(cache["A"], dY)',
            "Your dWo is made with dY. At the plus before U, dU arrives: dY, and what came back through the second branch.",
        ),
        Misconception(
            "attention gets dY",
            'dA = dU @ p["Wo"].T',
            'dA = dY @ p["Wo"].T',
            "Your way back through the attention begins with dY. At the plus before U, dU arrives: dY, and what came back through the second branch.",
        ),
    ],
    equivalent={
        "heads = cache['attention'][1].shape[1]": "queries, keys and values have as many heads",
        "heads = cache['attention'][-1].shape[1]": "queries and weights have as many heads",
    },
)
def block_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, X, parameters, mask, heads in blocks(rng):
        yield case(label, away_from_zero(rng, *X.shape), parameters, block_cache(X, parameters, mask, heads))


# ---- extra


def own_scores(_data: Any, parameters: Mapping[str, np.ndarray], tokens: Sequence[int], heads: int = 4) -> np.ndarray:
    """Scores that depend on all tokens so far, or, without a table, on none of them."""
    if "table" not in parameters:
        return parameters["scores"]
    table = parameters["table"]
    return np.roll(table[int(tokens[-1])], sum(int(token) for token in tokens) + len(tokens))


OWN_SCORES = {"next_scores": Given(own_scores)}
DRAWS = 2000


def observe_text(case: Case, value: Any) -> Mapping[str, Any]:
    """What must hold whatever was drawn: length, beginning, how often each token was drawn; and the text where nothing is drawn."""
    beginning, text = list(case.args[0]), [int(token) for token in value]
    added = text[len(beginning) :]
    counts = np.bincount(added, minlength=3) if added and min(added) >= 0 else np.zeros(3)
    observed = {
        "greedy text": text,
        "length": len(text),
        "beginning kept": text[: len(beginning)],
        # In eighths: what was drawn by chance is the same then.
        "shares": np.round(8 * counts / max(len(added), 1)) / 8,
    }
    return {name: observed[name] for name in case.judged}


@exercise(
    returns=["text"],
    points={"greedy text": 0, "length": 0, "beginning kept": 0, "shares": 0},
    observe=observe_text,
    drawn=["shares"],
    misconceptions=[
        Misconception(
            "times the temperature",
            "p=softmax(scores / temperature)",
            "p=softmax(scores * temperature)",
            "Your shares are those of scores times the temperature. To divide by a small temperature makes the differences larger.",
        ),
        Misconception(
            "temperature not used",
            "p=softmax(scores / temperature)",
            "p=softmax(scores)",
            "Your shares are those of temperature 1, whatever `temperature` says. The scores are divided by it, before softmax.",
        ),
        Misconception(
            "always the largest",
            "rng.choice(len(scores), p=softmax(scores / temperature))",
            "np.argmax(scores)",
            "Yours takes the token with the largest score at every temperature. Above 0 the token is drawn.",
        ),
        Misconception(
            "scores of the beginning",
            "next_scores(parameters, text)",
            "next_scores(parameters, tokens)",
            "Your text is what comes out when the scores are those of the beginning, again and again. Each step looks at all tokens so far.",
        ),
        Misconception(
            "scores of the last token",
            "next_scores(parameters, text)",
            "next_scores(parameters, text[-1:])",
            "Your text is what comes out when each step looks at the last token alone. Each step looks at all tokens so far.",
        ),
        Misconception(
            "beginning lost",
            "text.append(int(token))",
            "text.append(int(token))\n    text = text[len(tokens):]",
            "Your text begins with the first token that was added. The tokens that were there before belong to it too.",
        ),
        Misconception(
            "beginning twice",
            "text.append(int(token))",
            "text.append(int(token))\n    text = list(tokens) + text",
            "Your text has the beginning twice.",
        ),
    ],
    equivalent={
        "text = tokens": "arguments may be changed in place",
        "text.append(token)": "a whole number of numpy is one too",
    },
)
def generate(rng: np.random.Generator) -> Iterator[Case]:
    greedy = dict.fromkeys(("greedy text", "length", "beginning kept"), "text")
    for label, beginning, n_tokens, steps in [
        ("from three tokens on", 3, 7, 9),
        ("from one token on", 1, 5, 12),
        ("no step", 4, 6, 0),
    ]:
        table = np.array([rng.permutation(n_tokens) for _ in range(n_tokens)]) / 4
        start = [int(token) for token in rng.integers(0, n_tokens, beginning)]
        yield case(label, start, {"table": table}, steps, 0, seeded(rng), given=OWN_SCORES, judged=greedy)
    # The two largest scores are equal.
    table = np.minimum([rng.permutation(6) for _ in range(6)], 4.0)
    yield case("equal scores", [2, 5], {"table": table}, 11, 0, seeded(rng), given=OWN_SCORES, judged=greedy)
    drawn = dict.fromkeys(("length", "beginning kept", "shares"), "text")
    for label, temperature in [("temperature 0.5", 0.5), ("temperature 2", 2)]:
        # The shares are in the middle of what rounds to them, five deviations of 2,000 draws from its ends.
        scores = temperature * np.log(rng.permutation([0.5, 0.375, 0.125])) + rng.uniform(-1, 1)
        yield case(label, [1, 0], {"scores": scores}, DRAWS, temperature, seeded(rng), given=OWN_SCORES, judged=drawn)


def seeded(rng: np.random.Generator) -> Seeded:
    return Seeded(int(rng.integers(2**31)))


LESSON = Lesson(
    "attention",
    title="Attention",
    exercises=(
        embed,
        embed_backward,
        causal_mask,
        attention_forward,
        softmax_backward,
        attention_backward,
        split_heads,
        layer_norm_forward,
        layer_norm_backward,
        block_forward,
        block_backward,
        generate,
    ),
)
