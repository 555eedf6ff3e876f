"""Lesson 07: fitting less to predict more. Points, cases and misconceptions of each exercise.

What draws random numbers is judged by what holds whatever was drawn. Where that can fail in several ways, `observe`
says in words which way it is, so that a difference can be read and a cause named.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np

from grader.course import Case, Lesson, Misconception, Seeded, array, case, exercise

from .. import cross_entropy


def seeded(rng: np.random.Generator) -> Seeded:
    return Seeded(int(rng.integers(2**31)))


def network(rng: np.random.Generator, n_x: int, n_1: int, n_2: int) -> dict[str, np.ndarray]:
    """Three layers; every bias is far enough from zero to matter."""
    sizes = (n_x, n_1, n_2, 1)
    parameters = {}
    for layer in (1, 2, 3):
        parameters[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1])) / np.sqrt(sizes[layer - 1])
        parameters[f"b{layer}"] = rng.uniform(0.3, 0.8, size=(sizes[layer], 1)) * rng.choice([-1, 1])
    return parameters


def inputs(rng: np.random.Generator, n_x: int, m: int, whole: bool) -> np.ndarray:
    """(n_x, m)"""
    X = rng.normal(size=(n_x, m))
    return np.rint(2 * X).astype(int) if whole else X


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """(1, m) of 0 and 1, both present as soon as m > 1."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def relu(Z: np.ndarray) -> np.ndarray:
    A: np.ndarray = np.maximum(Z, 0)
    return A


def sigmoid(Z: np.ndarray) -> np.ndarray:
    A: np.ndarray = 1 / (1 + np.exp(-Z))
    return A


def forward(
    X: np.ndarray, parameters: Mapping[str, np.ndarray], scales: tuple[Any, Any] = (1, 1)
) -> tuple[np.ndarray, ...]:
    """(Z1, A1, Z2, A2, Z3, A3), the activations of both hidden layers multiplied by `scales`."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = relu(Z1) * scales[0]
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = relu(Z2) * scales[1]
    Z3 = parameters["W3"] @ A2 + parameters["b3"]
    return Z1, A1, Z2, A2, Z3, sigmoid(Z3)


# ---- split_data


def _which(columns: np.ndarray, X: np.ndarray) -> np.ndarray:
    """For each column its number in X, or -1."""
    same = np.all(columns[:, :, np.newaxis] == X[:, np.newaxis, :], axis=0)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def _observe_split(case: Case, value: Any) -> Mapping[str, Any]:
    X, Y, fractions = case.args[:3]
    m = X.shape[1]
    parts = [(array(x), array(y)) for x, y in value]
    numbers = [_which(x, X) for x, _ in parts]
    return {output: found for output, found in {
        "sizes": _sizes([x.shape[1] for x, _ in parts], [fraction * m for fraction in fractions]),
        "each column once": _use(np.concatenate(numbers), m),
        "pairs": _pairs([y for _, y in parts], numbers, Y),
        "random order": _order(numbers),
    }.items() if output in case.judged}  # fmt: skip


def _sizes(sizes: list[int], wanted: list[float]) -> list[int]:
    """The sizes; the wanted ones, rounded, where every border is the nearest whole number, or one of two that are as near."""
    near = len(sizes) == len(wanted) and np.abs(np.cumsum(sizes) - np.cumsum(wanted)).max() < 0.5 + 1e-9
    return [round(w) for w in wanted] if near else sizes


def _use(numbers: np.ndarray, m: int) -> str:
    if (numbers < 0).any():
        return "some columns are not columns of X"
    times = np.bincount(numbers, minlength=m)
    if (times > 1).any():
        return "some columns of X are there more than once"
    return "each column of X once" if times.all() else "some columns of X are left out"


def _pairs(labels: list[np.ndarray], numbers: list[np.ndarray], Y: np.ndarray) -> str:
    if any(y.shape != (1, some.size) for y, some in zip(labels, numbers, strict=True)):
        return "a Y of another shape than (1, number of examples)"
    right = all(np.array_equal(y, Y[:, some]) for y, some in zip(labels, numbers, strict=True))
    return "each example with its own label" if right else "some examples with the label of another one"


def _order(numbers: list[np.ndarray]) -> str:
    """Whether the parts are drawn from all of X, not cut out of it in one piece."""
    m = sum(some.size for some in numbers)
    # X as a ring: an order that only begins elsewhere, or goes backwards, is none that was drawn.
    gaps = [np.diff(np.sort(some), append=some.min() + m) for some in numbers if some.size]
    cut = all(np.sum(gap > 1) <= 1 for gap in gaps)
    return "each part is one piece of X as it was" if cut else "each part comes from all of X"


@exercise(
    returns=["parts"],
    points={"sizes": 3, "each column once": 4, "pairs": 4, "random order": 3},
    observe=_observe_split,
    drawn=["random order"],
    misconceptions=[
        Misconception(
            "each part rounded",
            "borders = np.round(np.cumsum(fractions) * m).astype(int)[:-1]",
            "sizes = np.round(np.array(fractions) * m).astype(int)\n    order, borders = order[: sizes.sum()], np.cumsum(sizes)[:-1]",
            "Your parts are each rounded apart, so that examples can be left over. Round the places where one part ends and the next begins: the fractions so far, added up, times m.",
            also=(
                "sizes = (np.array(fractions) * m).astype(int)\n    order, borders = order[: sizes.sum()], np.cumsum(sizes)[:-1]",
            ),
        ),
        Misconception(
            "labels drawn apart",
            "Y[:, some]",
            "Y[:, rng.permutation(some)]",
            "Your X and Y are not in the same order: examples have got the labels of other ones. One order is drawn, "
            "and both matrices follow it.",
        ),
        Misconception(
            "not mixed",
            "rng.permutation(m)",
            "np.arange(m)",
            "Your parts are neighbouring pieces of X. Where data come sorted, one part would hold one class only: the "
            "order has to be random before anything is cut.",
        ),
        Misconception(
            "borders cut off",
            "np.round(",
            "np.floor(",
            "Your sizes are what comes out when the borders are cut off to whole numbers. On a computer 0.7 + 0.1 is a "
            "little less than 0.8, so a border may fall one short: round to the nearest whole number.",
        ),
        Misconception(
            "drawn with repetition",
            "rng.permutation(m)",
            "rng.integers(m, size=m)",
            "Your parts hold some examples more than once and others never, as when each column is drawn without regard "
            "to those before. An example that stands in two parts makes the score on the second too good.",
        ),
    ],
)
def split_data(rng: np.random.Generator) -> Iterator[Case]:
    each = ("sizes", "each column once", "pairs", "random order")
    for label, n_x, m, fractions, judged in [
        ("thirty examples in three parts", 2, 30, (0.7, 0.1, 0.2), each),
        ("forty examples in two parts", 3, 40, (0.75, 0.25), each),
        ("twenty examples in four parts", 4, 20, (0.5, 0.2, 0.1, 0.2), each),
        ("ten examples, many classes", 3, 10, (0.7, 0.1, 0.2), ("sizes", "each column once", "pairs")),
        # Sizes that are rounded each for itself add up to more than there are, or to fewer.
        ("eighteen examples in four parts, none of a whole size", 2, 18, (0.26, 0.26, 0.26, 0.22), each),
        ("sixteen examples in three equal parts", 4, 16, (1 / 3, 1 / 3, 1 / 3), each),
    ]:
        whole = rng.permutation(n_x * m).reshape(n_x, m)
        X = whole if m == 20 else whole / 8 - m
        Y = rng.permutation(m).reshape(1, m) if "random order" not in judged else labels(rng, m)
        yield case(label, X, Y, fractions, seeded(rng), judged=dict.fromkeys(judged, "parts"))


# ---- normalize_inputs


def _observe_normalized(case: Case, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, (tuple, list)):
        raise TypeError("not a tuple of all parts")
    parts = list(value)
    found = {"X_train": parts[0], "others": parts[1:], "constant rows": parts}
    return {output: found[output] for output in case.judged}


@exercise(
    returns=["normalized"],
    points={"X_train": 5, "others": 5, "constant rows": 2},
    observe=_observe_normalized,
    misconceptions=[
        Misconception(
            "deviation held against 0",
            "changes = np.ptp(X_train, axis=1, keepdims=True) > 0",
            "changes = np.std(X_train, axis=1, keepdims=True) > 0",
            "Your row that never changes is not 0: its computed deviation is about 1e-17 from rounding, and not 0, so that it was divided "
            "by that. Whether a row changes is seen from its largest and its smallest number.",
        ),
        Misconception(
            "each with its own mean",
            "(X - mean) / scale for X in (X_train, *others)",
            "(X - np.mean(X, axis=1, keepdims=True)) / scale for X in (X_train, *others)",
            "Your result is what comes out when every part is shifted by a mean of its own. Then the same input means "
            "something else in each part. One mean serves all: that of the training part.",
            also=(
                "(X - np.mean(X, axis=1, keepdims=True)) / np.where(np.ptp(X, axis=1) > 0, np.std(X, axis=1), 1.0)[:, np.newaxis] for X in (X_train, *others)",
            ),
        ),
        Misconception(
            "training part alone",
            "for X in (X_train, *others)",
            "for X in (X_train,)",
            "Only the training part comes back. The other parts need the same change, or the network meets numbers "
            "that it has not learnt from.",
        ),
        Misconception(
            "other parts left as they were",
            "tuple((X - mean) / scale for X in (X_train, *others))",
            "((X_train - mean) / scale, *others)",
            "Your other parts are as they came. They are shifted and scaled as well, by the mean and the deviation that X_train had before it was changed.",
        ),
        Misconception(
            "divided by the variance",
            "(X - mean) / scale",
            "(X - mean) / scale**2",
            "Your result is what comes out when one divides by the variance. The deviation is its square root; with it, "
            "the result has no unit any more.",
        ),
        Misconception(
            "one mean for all rows",
            "np.mean(X_train, axis=1, keepdims=True)",
            "np.mean(X_train)",
            "Your result has one mean for all rows together. Each row is an input of its own, with a mean of its own.",
        ),
        Misconception(
            "divided by m - 1",
            "np.std(X_train, axis=1, keepdims=True)",
            "np.std(X_train, axis=1, keepdims=True, ddof=1)",
            "Your deviation has m - 1 under the fraction line. This course divides by m, as the text says.",
        ),
        Misconception(
            "mean not taken away",
            "(X - mean) / scale",
            "X / scale",
            "Your result is X divided by its deviation. Each row is first shifted, so that its mean is 0.",
        ),
        Misconception(
            "deviation not divided by",
            "(X - mean) / scale",
            "X - mean",
            "Your result is X without its mean. Each row is then scaled, so that its deviation is 1.",
        ),
    ],
    equivalent={
        "scale = np.where(changes, np.std(X_train, axis=1, keepdims=True), 2.0)": "a row that does not change becomes 0, whatever it is divided by",
    },
)
def normalize_inputs(rng: np.random.Generator) -> Iterator[Case]:
    def rows(m: int, n_x: int, centre: np.ndarray, width: np.ndarray) -> np.ndarray:
        return centre + width * rng.normal(size=(n_x, m))

    for label, n_x, m, others in [
        ("a training part and a test part", 3, 7, (4,)),
        ("one part and three others", 2, 9, (5, 1, 3)),
        ("a training part alone", 4, 6, ()),
    ]:
        centre = rng.uniform(2, 9, (n_x, 1)) * rng.choice([-1, 1], (n_x, 1))
        width = rng.uniform(0.05, 0.1, (n_x, 1)) * 5.0 ** np.arange(n_x)[:, np.newaxis]
        parts = [rows(size, n_x, centre + shift, width) for shift, size in enumerate((m, *others))]
        judged = {"X_train": "normalized"} | ({"others": "normalized"} if others else {})
        yield case(label, *parts, judged=judged)
    pixels = (rng.integers(0, 256, (2, size)) for size in (8, 6))
    yield case("whole numbers", *pixels, judged={"X_train": "normalized", "others": "normalized"})
    # What is added to the deviation, so that it is never 0, is much beside such numbers.
    small = 1e-9 * rng.uniform(1, 9, (3, 5))
    yield case("very small numbers, alone", small, judged={"X_train": "normalized"})
    # 128 and its mean are exact on every computer; the parts agree in this row, so there is one answer.
    parts = [rng.integers(0, 256, (3, size)).astype(float) for size in (8, 5)]
    for part in parts:
        part[1] = 128.0
    yield case("a pixel that never changes", *parts, judged={"constant rows": "normalized"})
    # The mean of these is rounded, so that their deviation is about 1e-17 and not 0.
    for label, m, row in [("a pixel that is always 0.1 or so", 9, 2), ("another such pixel", 11, 0)]:
        value = 0.1
        while not np.std(np.full(m, value)):
            value = float(rng.integers(1, 100)) / 100
        parts = [rng.uniform(0, 1, (3, size)) for size in (m, 4)]
        for part in parts:
            part[row] = value
        yield case(label, *parts, judged={"constant rows": "normalized"})


# ---- compute_cost_with_regularization


@exercise(
    returns=["cost"],
    points={"cost": 12, cross_entropy.RIGHT: 1, cross_entropy.WRONG: 1},
    properties=cross_entropy.PROPERTIES,
    ours=cross_entropy.OURS,
    misconceptions=[
        Misconception(
            "penalty without the mean",
            "lambd / (2 * m)",
            "lambd / 2",
            "Your penalty is m times the expected one. The cost is a mean over the examples, and λ/(2m) keeps the two "
            "parts in proportion when there are more of them.",
        ),
        Misconception(
            "squares of the sums",
            "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)",
            "np.sum(W1) ** 2 + np.sum(W2) ** 2 + np.sum(W3) ** 2",
            "Your penalty is made of the squares of the sums, in which positive and negative weights cancel. Each weight is squared first, then the squares are added up.",
        ),
        Misconception(
            "penalty without one half",
            "lambd / (2 * m)",
            "lambd / m",
            "Your penalty is twice the expected one. The factor one half stands there so that the 2 of the derivative "
            "goes away.",
        ),
        Misconception(
            "biases punished",
            "np.sum(W3**2)",
            'np.sum(W3**2) + sum(np.sum(parameters[b] ** 2) for b in ("b1", "b2", "b3"))',
            "Your penalty is what comes out when the biases are squared and added too. Only the weights are punished.",
        ),
        Misconception(
            "last layer left out",
            " + np.sum(W3**2)",
            "",
            "Your penalty holds the weights of the two hidden layers. The output layer has weights too.",
        ),
        Misconception(
            "penalty subtracted",
            "cross_entropy + ",
            "cross_entropy - ",
            "In your cost, large weights are rewarded: the penalty is taken away. Look at the sign between the two parts.",
        ),
        Misconception(
            "sizes instead of squares",
            "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)",
            "np.sum(np.abs(W1)) + np.sum(np.abs(W2)) + np.sum(np.abs(W3))",
            "Your penalty is the sum of the sizes of the weights, known as L1. Here the sum of their squares is wanted, L2.",
        ),
        Misconception(
            "penalty left out",
            "cross_entropy + lambd / (2 * m) * squares",
            "cross_entropy",
            "Your cost is the cross-entropy alone. The penalty on the weights is added to it.",
        ),
        Misconception(
            "norms in place of squares",
            "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)",
            "np.linalg.norm(W1) + np.linalg.norm(W2) + np.linalg.norm(W3)",
            "Your penalty has the lengths of the weight matrices. L2 has the sums of their squares, without a root.",
        ),
        *cross_entropy.logarithms_of_zero(
            "compute_cost(A3, Y)",
            "-np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m",
            "-np.nansum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m",
        ),
    ],
    # How the logarithm is kept finite is left open; 1e-8 added to a small probability shows in the cost.
    rtol=1e-5,
)
def compute_cost_with_regularization(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, lambd in [
        ("seven examples", (3, 5, 2), 7, rng.uniform(0.5, 0.9)),
        ("a strong penalty", (2, 3, 4), 6, int(rng.integers(3, 6))),
        ("a single example", (4, 2, 3), 1, rng.uniform(0.2, 0.4)),
        ("no penalty", (3, 2, 5), 4, 0),
    ]:
        A3 = rng.uniform(0.05, 0.95, (1, m))
        yield case(label, A3, labels(rng, m), network(rng, *sizes), lambd)
    Y = labels(rng, 6)
    A3 = np.where([[True, True, False, True, False, True]], Y, rng.uniform(0.2, 0.8, (1, 6)))
    yield case("very sure, and right", A3, Y, network(rng, 3, 2, 4), 0.7, judged={cross_entropy.RIGHT: "cost"})
    yield from cross_entropy.sure_and_wrong(rng, network(rng, 4, 3, 2), 1)


# ---- backward_propagation_with_regularization


def plain_cache(X: np.ndarray, parameters: Mapping[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1, A1, Z2, A2, Z3, A3 = forward(X, parameters)
    return Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3


def mixed(*masks: np.ndarray) -> bool:
    """Whether every mask has both a 0 and a 1."""
    return all(mask.any() and not mask.all() for mask in masks)


def telling(cache: tuple[np.ndarray, ...]) -> bool:
    """Whether both hidden layers have units at rest and at work, none of them on the kink."""
    Z1, Z2 = cache[0], cache[4]
    return mixed(Z1 > 0, Z2 > 0) and min(np.abs(Z1).min(), np.abs(Z2).min()) > 1e-4


GRADIENTS = ("dW3", "db3", "dW2", "db2", "dW1", "db1")


@exercise(
    returns=["gradients"],
    points={
        'gradients["dW3"]': 4,
        'gradients["db3"]': 2,
        'gradients["dW2"]': 4,
        'gradients["db2"]': 2,
        'gradients["dW1"]': 4,
        'gradients["db1"]': 2,
    },
    misconceptions=[
        Misconception(
            "decay without the mean",
            "decay = lambd / m",
            "decay = lambd",
            "In your result the part that comes from the penalty is m times too large. The penalty in the cost has "
            "1/m in it, so its derivative has it too.",
        ),
        Misconception(
            "decay halved",
            "decay = lambd / m",
            "decay = lambd / (2 * m)",
            "In your result the part that comes from the penalty is half of what it should be. The derivative of a "
            "square brings a factor 2, which the one half takes away.",
        ),
        Misconception(
            "penalty in the cost only",
            "decay = lambd / m",
            "decay = 0",
            "Your result is the gradient without the penalty. What is added to the cost has a derivative, and it belongs "
            "here.",
        ),
        Misconception(
            "decay turned round",
            "decay = lambd / m",
            "decay = -lambd / m",
            "In your result the penalty makes the weights grow: its part has the other sign. A step goes against the "
            "gradient, so the gradient of the penalty points away from zero.",
        ),
        Misconception(
            "biases decay",
            "dW1 = dW1 + decay * W1",
            "dW1 = dW1 + decay * W1\n    db1, db2, db3 = db1 + decay * b1, db2 + decay * b2, db3 + decay * b3",
            "Your result has a penalty on the bias. The cost holds the squares of the weights only, so the biases have "
            "the gradient that they had before.",
        ),
        Misconception(
            "decay in the chain",
            "dA1 = W2.T @ dZ2",
            "dA1 = (W2 + lambd / m * W2).T @ dZ2",
            "The penalty changes how the weights move, not how the error travels back: no λ stands in dA and dZ.",
        ),
        Misconception(
            "mean twice",
            "dZ3 = A3 - Y",
            "dZ3 = (A3 - Y) / m",
            "The part that comes from the data has the factor 1/m twice. In this lesson dZ belongs to the sum of the "
            "losses; 1/m stands in dW and db alone.",
        ),
        Misconception(
            "sign turned",
            "dZ3 = A3 - Y",
            "dZ3 = Y - A3",
            "Your result is what comes out when dZ3 has its sign turned. Check the order of A3 and Y.",
        ),
        Misconception(
            "gradients without the mean",
            "dZ3 = A3 - Y",
            "dZ3 = (A3 - Y) * m",
            "Your result is what comes out when the sum over the examples is not divided by m. The cost is a mean, so"
            " its gradient is one too.",
        ),
        Misconception(
            "relu's masks left out",
            "dZ3 = A3 - Y",
            "Z1 = Z2 = 1\n    dZ3 = A3 - Y",
            "Your result is what comes out when dA passes relu unchanged. Where the sum Z was negative, relu is flat "
            "and the gradient is 0.",
        ),
        Misconception(
            "mask of the gradient in layer 2",
            "dZ2 = np.where(Z2 > 0, dA2, 0)",
            "dZ2 = np.where(dA2 > 0, dA2, 0)",
            "Your result is what comes out when relu's mask is taken from dA2. The slope of relu depends on where its"
            " input was: on Z2.",
        ),
        Misconception(
            "db over the whole matrix",
            "### END CODE HERE ###",
            "db1, db2 = np.sum(dZ1) / m, np.sum(dZ2) / m",
            "Your db is one number, a sum over all units and examples. Every unit has a bias of its own: the sum runs"
            " over the examples only.",
        ),
        Misconception(
            "db without its second axis",
            "### END CODE HERE ###",
            "db1, db2 = db1[:, 0], db2[:, 0]",
            "Your db has one axis only. It has the shape of b, (units, 1), or the next addition goes wrong without a "
            "word.",
        ),
    ],
    equivalent={
        "dA2 = W3.T * dZ3": "with a single unit behind, broadcasting makes the same product",
        "db3 = np.sum(dZ3, keepdims=True) / m": "with a single unit, one number in any form",
        "db3 = np.sum(dZ3, axis=1) / m": "with a single unit, one number in any form",
        "dZ2 = np.where(Z2 >= 0, dA2, 0)": "open: no case has a sum of exactly 0",
        "dZ1 = np.where(Z1 >= 0, dA1, 0)": "open: no case has a sum of exactly 0",
        "db3 = np.sum(dZ3, axis=1, keepdims=False) / m": "with a single unit, one number in any form",
    },
)
def backward_propagation_with_regularization(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, lambd in [
        ("seven examples", (3, 5, 2), 7, rng.uniform(0.5, 0.9)),
        ("a strong penalty", (5, 3, 4), 6, int(rng.integers(3, 6))),
        ("a single example", (4, 2, 3), 1, rng.uniform(0.2, 0.4)),
        ("no penalty, whole numbers", (3, 4, 2), 8, 0),
    ]:
        cache: tuple[np.ndarray, ...] = ()
        while not cache or not telling(cache):
            X, parameters = inputs(rng, sizes[0], m, whole=m == 8), network(rng, *sizes)
            cache = plain_cache(X, parameters)
        yield case(label, X, labels(rng, m), cache, lambd)


# ---- forward_propagation_with_dropout


def _observe_dropout(case: Case, value: Any) -> Mapping[str, Any]:
    X, parameters = case.args[:2]
    keep_prob = case.args[2] if len(case.args) > 2 else 0.5
    A3, cache = value[:2]
    D1, D2 = (array(cache[place]).astype(float) for place in (1, 6))
    # A mask of 0 and 1 / keep_prob is no mask as asked for ("masks" says so), and yet it says which units stay.
    kept1, kept2 = ((D != 0).astype(float) for D in (D1, D2))
    found = {
        "A3": _way(array(A3), X, parameters, kept1, kept2, keep_prob),
        "cache": _consistent(cache, array(A3), X, parameters),
        "masks": _drawn(D1, D2, X, parameters),
        "share kept in layer 1": _share(kept1, keep_prob),
        "share kept in layer 2": _share(kept2, keep_prob),
    }
    return {output: found[output] for output in case.judged}


def _share(D: np.ndarray, keep_prob: float) -> float:
    """The share of 1, to one decimal. One draw for a whole row or column says nothing of it ("masks" judges that)."""
    striped = D.min() < D.max() and (bool((D[:, :1] == D).all()) or bool((D[:1] == D).all()))
    return round(keep_prob if striped else float(D.mean()), 1)


def _way(
    A3: np.ndarray, X: np.ndarray, parameters: Mapping[str, np.ndarray], D1: np.ndarray, D2: np.ndarray, p: float
) -> str:
    """How A3 follows from the masks in the cache; the expected way comes first, so it wins where several agree."""
    D1, D2 = (_spread(D, layer, X.shape[1], parameters) for layer, D in ((1, D1), (2, D2)))
    ways: dict[str, tuple[Any, Any]] = {
        "what the masks leave, divided by keep_prob": (D1 / p, D2 / p),
        "what the masks leave, not divided by keep_prob": (D1, D2),
        "what the masks leave, multiplied by keep_prob": (D1 * p, D2 * p),
        "what the masks leave, divided by keep_prob in layer 1 only": (D1 / p, D2),
        "what the masks leave, divided by keep_prob in layer 2 only": (D1, D2 / p),
        "what the masks take away, divided by keep_prob": ((1 - D1) / p, (1 - D2) / p),
        "every unit at work": (1, 1),
        "masks in layer 1 only": (D1 / p, 1),
        "masks in layer 2 only": (1, D2 / p),
    }
    for way, scales in ways.items():
        expected = forward(X, parameters, scales)[5]
        if A3.shape == expected.shape and np.allclose(A3, expected, rtol=1e-6, atol=1e-12):
            return way
    return "something else"


def _spread(A: np.ndarray, layer: int, m: int, parameters: Mapping[str, np.ndarray]) -> np.ndarray:
    """`A` as a layer's values of m examples. Raises ValueError; so a strange shape cannot grow into a huge product."""
    return np.broadcast_to(A, (parameters[f"W{layer}"].shape[0], m))


# Where a cache with dropout has the parameters.
PLACES = {"W1": 3, "b1": 4, "W2": 8, "b2": 9, "W3": 12, "b3": 13}


def _consistent(cache: Any, A3: np.ndarray, X: np.ndarray, parameters: Mapping[str, np.ndarray]) -> str:
    """Whether each A in the cache is what the next layer received, and the other parts are in their places."""
    m = X.shape[1]
    known = {"Z1": (0, parameters["W1"] @ X + parameters["b1"]), "A3": (11, A3)}
    known |= {name: (place, parameters[name]) for name, place in PLACES.items()}
    for name, (place, expected) in known.items():
        found = array(cache[place])
        if found.shape != expected.shape or not np.allclose(found, expected, rtol=1e-6, atol=1e-9, equal_nan=True):
            return f"entry {place} is not {name}"
    A1, Z2, A2, Z3 = (
        _spread(array(cache[place]), layer, m, parameters) for place, layer in ((2, 1), (5, 2), (7, 2), (10, 3))
    )
    for name, A, Z, layer in (("A1", A1, Z2, 2), ("A2", A2, Z3, 3)):
        if not np.allclose(
            parameters[f"W{layer}"] @ A + parameters[f"b{layer}"], Z, rtol=1e-6, atol=1e-9, equal_nan=True
        ):
            return f"{name} is not what layer {layer} received"
    return "A1 and A2 are what the next layer received"


def _drawn(D1: np.ndarray, D2: np.ndarray, X: np.ndarray, parameters: Mapping[str, np.ndarray]) -> str:
    m = X.shape[1]
    for name, D in (("1", D1), ("2", D2)):
        if D.shape != (parameters[f"W{name}"].shape[0], m):
            return f"D{name} has another shape than A{name}"
        if not np.isin(D, (0, 1)).all():
            return f"D{name} has other values than 0 and 1"
        if (D[:, :1] == D).all():
            return f"D{name} is the same for all examples"
        if (D[:1] == D).all():
            return f"D{name} is the same for all units"
        # Of hundreds of examples some keep more units than others, where every unit has its own chance.
        if m > 100 and np.ptp(D.sum(axis=0)) == 0:
            return f"D{name} keeps the same number of units for every example"
    return "0 and 1, drawn for every unit and every example"


def lively(rng: np.random.Generator, sizes: tuple[int, int, int], m: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """X and parameters for which every example has units at work in both hidden layers: a mask makes a difference."""
    while True:
        X, parameters = inputs(rng, sizes[0], m, whole=m == 6), network(rng, *sizes)
        Z1, _, Z2, *_ = forward(X, parameters)
        if all((Z > 0).mean(axis=0).min() >= 0.25 for Z in (Z1, Z2)):
            return X, parameters


# A slip that is made in one hidden layer is made in the other one too.
BOTH_LAYERS = """A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)
    A2 = relu(Z2) * D2 / keep_prob"""


@exercise(
    returns=["A3", "cache"],
    points={"A3": 8, "cache": 2, "masks": 2, "share kept in layer 1": 3, "share kept in layer 2": 3},
    observe=_observe_dropout,
    misconceptions=[
        Misconception(
            "not divided",
            BOTH_LAYERS,
            BOTH_LAYERS.replace(" / keep_prob", ""),
            "Your result is what comes out when the units that stay are not made larger. Then the next layer receives "
            "less than it will receive when no unit is dropped. Look at what each A is divided by.",
        ),
        Misconception(
            "dropped ones kept",
            BOTH_LAYERS,
            BOTH_LAYERS.replace("* D1", "* (1 - D1)").replace("* D2", "* (1 - D2)"),
            "Your A3 follows from the units that the masks take away. A 1 in a mask means that the unit stays.",
        ),
        Misconception(
            "normal numbers in layer 1",
            "D1 = (np.random.rand(",
            "D1 = (np.random.randn(",
            "The share of units kept is that of normally distributed numbers below keep_prob. Evenly distributed "
            "numbers between 0 and 1 fall below keep_prob with just this probability: note the name of the function "
            "that draws.",
        ),
        Misconception(
            "normal numbers in layer 2",
            "D2 = (np.random.rand(",
            "D2 = (np.random.randn(",
            "The share of units kept is that of normally distributed numbers below keep_prob. Evenly distributed "
            "numbers between 0 and 1 fall below keep_prob with just this probability: note the name of the function "
            "that draws.",
        ),
        Misconception(
            "share dropped in layer 1",
            "np.random.rand(*Z1.shape) < keep_prob",
            "np.random.rand(*Z1.shape) > keep_prob",
            "The share of units kept is 1 - keep_prob: your comparison keeps the units that should be dropped.",
        ),
        Misconception(
            "share dropped in layer 2",
            "np.random.rand(*Z2.shape) < keep_prob",
            "np.random.rand(*Z2.shape) > keep_prob",
            "The share of units kept is 1 - keep_prob: your comparison keeps the units that should be dropped.",
        ),
        Misconception(
            "one draw for all examples",
            "np.random.rand(*Z1.shape)",
            "np.random.rand(Z1.shape[0], 1) + np.zeros(Z1.shape)",
            "Your mask drops the same units for every example. Each example gets a draw of its own, so the mask has the "
            "shape of the layer.",
        ),
        Misconception(
            "masks drawn, not used",
            "A1 = relu(Z1) * D1 / keep_prob\n    Z2 = W2 @ A1 + b2\n    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)\n    A2 = relu(Z2) * D2 / keep_prob",
            "A1 = relu(Z1)\n    Z2 = W2 @ A1 + b2\n    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)\n    A2 = relu(Z2)",
            "Your A3 is that of all units at work. The masks are drawn, but they do not change A1 and A2.",
        ),
        Misconception(
            "multiplied instead of divided",
            "A1 = relu(Z1) * D1 / keep_prob\n    Z2 = W2 @ A1 + b2\n    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)\n    A2 = relu(Z2) * D2 / keep_prob",
            "A1 = relu(Z1) * D1 * keep_prob\n    Z2 = W2 @ A1 + b2\n    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)\n    A2 = relu(Z2) * D2 * keep_prob",
            "Your A3 is what comes out when the units that stay are multiplied by keep_prob. They are to become "
            "larger, to make up for the missing ones.",
        ),
        Misconception(
            "layer 2 not divided",
            "relu(Z2) * D2 / keep_prob",
            "relu(Z2) * D2",
            "Your A3 is what comes out when the units that stay are divided by keep_prob in layer 1 only. Both hidden"
            " layers lose units, and both make up for it.",
        ),
        Misconception(
            "layer 2 without its mask",
            "relu(Z2) * D2 / keep_prob",
            "relu(Z2)",
            "Your A3 is what comes out with dropout in layer 1 only. Both hidden layers lose units.",
        ),
        Misconception(
            "keep_prob fixed",
            "### START CODE HERE ###",
            "keep_prob = 0.5",
            "Your result is that of keep_prob = 0.5, whatever `keep_prob` says. Use the argument.",
        ),
    ],
    equivalent={
        "D1 = (np.random.rand(*Z1.shape) <= keep_prob).astype(int)": "a drawn number is never exactly the border, and either half of them may be flipped",
        "D2 = (np.random.rand(*Z2.shape) <= keep_prob).astype(int)": "a drawn number is never exactly the border, and either half of them may be flipped",
    },
)
def forward_propagation_with_dropout(rng: np.random.Generator) -> Iterator[Case]:
    relations = {"A3": "A3", "cache": "cache"}
    settings: tuple[float, ...]
    for label, sizes, m, settings in [
        ("nine examples, 0.7 kept", (3, 8, 6), 9, (0.7,)),
        ("few units kept", (2, 9, 12), 10, (0.3,)),
        ("every unit kept, whole numbers", (4, 7, 5), 6, (1,)),
    ]:
        yield case(label, *lively(rng, sizes, m), *settings, judged=relations)
    # So many draws that the share, rounded to one decimal, is the same whatever was drawn.
    shares = dict.fromkeys(("masks", "share kept in layer 1", "share kept in layer 2"), "cache")
    for label, sizes, m, settings in [
        ("many draws at the default", (2, 24, 20), 400, ()),
        # So many units that one draw for each of them is hardly ever 1 for all.
        ("many draws, 0.9 kept", (2, 64, 60), 410, (0.9,)),
        ("many draws, 0.3 kept", (3, 22, 26), 390, (0.3,)),
    ]:
        judged = shares | ({} if settings else relations)
        yield case(label, *lively(rng, sizes, m), *settings, judged=judged)


# ---- backward_propagation_with_dropout


def dropout_cache(
    rng: np.random.Generator, X: np.ndarray, parameters: Mapping[str, np.ndarray], keep_prob: float
) -> tuple[np.ndarray, ...]:
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    D1, D2 = ((rng.random((W.shape[0], X.shape[1])) < keep_prob).astype(int) for W in (W1, W2))
    Z1, A1, Z2, A2, Z3, A3 = forward(X, parameters, (D1 / keep_prob, D2 / keep_prob))
    return Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3


def telling_masks(cache: tuple[np.ndarray, ...]) -> bool:
    """Whether in both hidden layers some units at work are kept and some dropped, others at rest, none on the kink.

    Of the kept units at rest, one is near the kink: there a wrong border would hide.
    """
    Z1, D1, Z2, D2 = cache[0], cache[1], cache[5], cache[6]
    seen = mixed(D1[Z1 > 0], D2[Z2 > 0], Z1 > 0, Z2 > 0)
    near = all(np.any((Z > -1) & (Z < 0) & (D == 1)) for Z, D in ((Z1, D1), (Z2, D2)))
    return seen and near and min(np.abs(Z1).min(), np.abs(Z2).min()) > 1e-4


@exercise(
    returns=["gradients"],
    points={
        'gradients["dW3"]': 2,
        'gradients["db3"]': 1,
        'gradients["dW2"]': 4,
        'gradients["db2"]': 2,
        'gradients["dW1"]': 5,
        'gradients["db1"]': 2,
    },
    misconceptions=[
        Misconception(
            "divided forward only",
            "dZ3 = A3 - Y",
            "keep_prob = 1\n    dZ3 = A3 - Y",
            "Your result is what comes out when keep_prob stands in the forward pass only. Forward, each unit that stays "
            "is multiplied by 1/keep_prob; a factor in the function is a factor in its derivative.",
        ),
        Misconception(
            "masks forward only",
            "dZ3 = A3 - Y",
            "D1 = D2 = 1\n    dZ3 = A3 - Y",
            "Your result is what comes out when every unit gets its share of the error. A unit that was dropped had no "
            "influence on the cost, so nothing comes back to it: use the masks of the forward pass.",
        ),
        Misconception(
            "no dropout backward",
            "dZ3 = A3 - Y",
            "D1 = D2 = keep_prob = 1\n    dZ3 = A3 - Y",
            "Your result is the backward pass of a network without dropout. What the forward pass did to A1 and A2, the "
            "backward pass does to dA1 and dA2.",
        ),
        Misconception(
            "masks turned round",
            "dZ3 = A3 - Y",
            "D1, D2 = 1 - D1, 1 - D2\n    dZ3 = A3 - Y",
            "Your result lets the error through where the unit was dropped. A 1 in a mask means that the unit stayed.",
        ),
        Misconception(
            "masks of the wrong layers",
            "dZ3 = A3 - Y",
            "D1, D2 = D2, D1\n    dZ3 = A3 - Y",
            "The same happens in every case when the two masks are exchanged. D2 belongs to dA2, D1 to dA1: each gradient gets the mask of its own layer.",
        ),
        Misconception(
            "multiplied instead of divided",
            "dZ3 = A3 - Y",
            "keep_prob = 1 / keep_prob\n    dZ3 = A3 - Y",
            "Your result is what comes out when one multiplies by keep_prob on the way back. The derivative has the same "
            "factor as the forward pass, not the inverse one.",
        ),
        Misconception(
            "mean twice",
            "dZ3 = A3 - Y",
            "dZ3 = (A3 - Y) / m",
            "Yours is exactly 1/m of the expected gradient: the mean is taken twice. In this lesson dZ belongs to the sum "
            "of the losses; 1/m stands in dW and db alone.",
        ),
        Misconception(
            "sign turned",
            "dZ3 = A3 - Y",
            "dZ3 = Y - A3",
            "Your result is what comes out when dZ3 has its sign turned. Check the order of A3 and Y.",
        ),
        Misconception(
            "relu's masks left out",
            "### START CODE HERE ###",
            "Z1 = Z2 = 1",
            "Your result is what comes out when dA passes relu unchanged. Where the sum Z was negative, relu is flat "
            "and the gradient is 0.",
        ),
        Misconception(
            "mask of layer 1 left out",
            "W2.T @ dZ2 * D1 / keep_prob",
            "W2.T @ dZ2 / keep_prob",
            "Your result is what comes out when the mask D1 is not used on the way back. A unit that was dropped has "
            "no part in the answer, so no gradient passes it.",
        ),
        Misconception(
            "db over the whole matrix",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1, db2 = np.sum(dZ1) / m, np.sum(dZ2) / m",
            "Your db is one number, a sum over all units and examples. Every unit has a bias of its own: the sum runs"
            " over the examples only.",
        ),
        Misconception(
            "db without its second axis",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1, db2 = np.sum(dZ1, axis=1) / m, db2[:, 0]",
            "Your db has one axis only. It has the shape of b, (units, 1), or the next addition goes wrong without a "
            "word.",
        ),
        Misconception(
            "keep_prob fixed",
            "### START CODE HERE ###",
            "keep_prob = 0.5",
            "Your result is that of keep_prob = 0.5, whatever `keep_prob` says. Use the argument.",
        ),
    ],
    equivalent={
        "dZ2 = dA2 * (A2 > 0)": "relu is above 0 exactly where its argument is; what was dropped has passed its mask already",
        "dZ1 = dA1 * (A1 > 0)": "relu is above 0 exactly where its argument is; what was dropped has passed its mask already",
        "db3 = np.sum(dZ3, keepdims=True) / m": "with a single unit, one number in any form",
        "db3 = np.sum(dZ3, axis=1) / m": "with a single unit, one number in any form",
        "dZ2 = dA2 * (Z2 >= 0)": "open: no case has a sum of exactly 0",
        "dZ1 = dA1 * (Z1 >= 0)": "open: no case has a sum of exactly 0",
        "dA2 = W3.T * dZ3 * D2 / keep_prob": "with a single unit behind, broadcasting makes the same product",
        "db3 = np.sum(dZ3, axis=1, keepdims=False) / m": "with a single unit, one number in any form",
    },
)
def backward_propagation_with_dropout(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, keep_prob in [
        ("seven examples, 0.7 kept", (3, 5, 4), 7, 0.7),
        ("few units kept, whole numbers", (5, 6, 3), 8, 0.4),
        ("a single example", (2, 6, 7), 1, 0.6),
        # The mask of another layer raises where their sizes differ; here it shows its value.
        ("hidden layers of one size", (4, 3, 3), 6, 0.5),
    ]:
        cache: tuple[np.ndarray, ...] = ()
        while not cache or not telling_masks(cache):
            X, parameters = inputs(rng, sizes[0], m, whole=m == 8), network(rng, *sizes)
            cache = dropout_cache(rng, X, parameters, keep_prob)
        yield case(label, X, labels(rng, m), cache, keep_prob)


# ---- early_stopping


@exercise(
    returns=["best"],
    points={"best": 8},
    misconceptions=[
        Misconception(
            "never stops",
            "if i - best >= patience:",
            "if False:",
            "Your result is the place of the lowest cost of all. The loop had stopped before it came there, so that cost "
            "was never seen.",
        ),
        Misconception(
            "stops one later",
            "if i - best >= patience:",
            "if i - best > patience:",
            "Your result is what comes out when one cost more than `patience` is waited for. Count the costs since the "
            "best one: when there are as many as `patience`, it is over.",
        ),
        Misconception(
            "place of the stop",
            "break",
            "return i",
            "Your result is the place where the loop stops. Wanted is the place of the best cost: there the parameters "
            "are that one wants to keep.",
            also=("break\n    best = i",),
        ),
        Misconception(
            "as good counts as better",
            "if cost < dev_costs[best]:",
            "if cost <= dev_costs[best]:",
            "Your result is what comes out when an equal cost counts as better. A cost that stays level brings nothing, "
            "and the first of equals is kept.",
        ),
        Misconception(
            "each against the one before",
            "if cost < dev_costs[best]:",
            "if cost < dev_costs[max(i - 1, 0)]:",
            "Your result is what comes out when each cost is held against the one before it. A cost can fall for a moment "
            "and still be worse than the best.",
        ),
        Misconception(
            "patience never restored",
            "        if cost < dev_costs[best]:\n            best = i\n        if i - best >= patience:\n            break",
            "        waited = i - sum(cost < min(dev_costs[:k], default=np.inf) for k, cost in enumerate(dev_costs[: i + 1])) + 1\n        if cost < dev_costs[best]:\n            best = i\n        if waited >= patience:\n            break",
            "Your result is what comes out when all the costs without progress are counted, not those in a row. Each new best cost sets the count back to 0.",
        ),
    ],
)
def early_stopping(rng: np.random.Generator) -> Iterator[Case]:
    def curve(*steps: float) -> list[float]:
        """Costs that go up and down by these steps, each stretched a little: equal ones stay equal."""
        scale = float(rng.uniform(0.05, 0.15))
        return [round(1.0 + scale * height, 6) for height in steps]

    fall = list(range(int(rng.integers(7, 10)), 4, -1))
    yield case("a lower cost comes too late", curve(*fall, 5, 6, 5.5, 7, 4, 6, 5, 6, 7, 5, 0), 4)
    yield case("a lower cost comes just in time", curve(*fall, 6, 5.5, 7, 4, 6, 5, 8, 1), 4)
    yield case("the cost stays level", curve(*fall, 3, 3, 3, 3, 2, 4, 3, 4, 1), 3)
    yield case("it gets better to the end", curve(*fall, 4.5, 3, 3.5, 2, 1), 2)
    yield case("a patience of one", curve(*fall, 5.5, 1), 1)
    yield case("lower costs come just in time, twice", curve(*fall, 6, 5.5, 4, 6, 5, 3, 1, 6, 5), 3)
    yield case("a single cost", curve(3), 2)


# ---- augment

AROUND = "each image is the given one, moved, and what leaves on one side comes in again on the other"


def _observe_augmented(case: Case, value: Any) -> Mapping[str, Any]:
    images = case.args[0]
    reach = case.args[2] if len(case.args) > 2 else case.kwargs.get("max_shift", 1)
    result = array(value)
    if result.shape != images.shape:
        return dict.fromkeys(case.judged, f"the shape is {result.shape}, not that of the images")
    found, around = (_moves(images, result, reach + 1, mode) for mode in ("constant", "wrap"))
    if found.mask.any() and not around.mask.any():
        return {output: AROUND if output == "images" else _augmented(output, around) for output in case.judged}
    return {output: _augmented(output, found) for output in case.judged}


def _moves(
    images: np.ndarray, result: np.ndarray, reach: int, mode: Literal["constant", "wrap"]
) -> np.ma.MaskedArray[Any, Any]:
    """For each image how it was moved, (down, right, flipped), in rows; masked where an image is not a moved one.

    mode: what stands where nothing was, as `np.pad` calls it
    """
    m, height, width, _ = images.shape
    moves = np.full((m, 3), reach + 1)
    for flipped in (0, 1):
        turned = images[:, :, ::-1] if flipped else images
        padded = np.pad(turned, ((0, 0), (reach, reach), (reach, reach), (0, 0)), mode=mode)
        for down in range(-reach, reach + 1):
            for right in range(-reach, reach + 1):
                moved = padded[:, reach - down : reach - down + height, reach - right : reach - right + width]
                moves[np.all(moved == result, axis=(1, 2, 3))] = down, right, flipped
    return np.ma.masked_array(moves, mask=moves > reach)


def _augmented(output: str, found: np.ma.MaskedArray[Any, Any]) -> Any:
    if strange := int(found.mask[:, 0].sum()):
        if output != "images":
            return "not to be seen, as images are not the given ones, moved"
        return f"{strange} of {len(found)} images are not the given ones, moved, filled with 0 and perhaps flipped"
    moves = found.data
    if output == "images":
        return "each image is the given one, moved, filled with 0 and perhaps flipped"
    if output == "shifts":
        return [[int(side.min()), int(side.max())] for side in moves[:, :2].T]
    if output == "moves":
        return len(np.unique(moves, axis=0))
    share = moves[:, 2].mean()
    return (
        "about half of them" if 0.4 < share < 0.6 else "none" if share == 0 else "all" if share == 1 else "few or many"
    )


@exercise(
    returns=["augmented"],
    points={"images": 0, "shifts": 0, "moves": 0, "flipped": 0},
    observe=_observe_augmented,
    drawn=["shifts", "moves", "flipped"],
    misconceptions=[
        Misconception(
            "one side never reached",
            "2 * max_shift + 1, size",
            "2 * max_shift, size",
            "Your images never move the whole way in one direction. The upper end that `rng.integers` takes is not among "
            "the numbers that it draws.",
        ),
        Misconception(
            "rolled around",
            "np.pad(images, ((0, 0), frame, frame, (0, 0)))",
            'np.pad(images, ((0, 0), frame, frame, (0, 0)), mode="wrap")',
            "In your images, what leaves on one side comes in again on the other. The places that become empty are filled with zeros.",
        ),
        Misconception(
            "always along the diagonal",
            "tops, lefts = rng.integers(0, 2 * max_shift + 1, size=(2, m))",
            "tops = lefts = rng.integers(0, 2 * max_shift + 1, size=m)",
            "Your images move as far down as they move to the right: they stay on the diagonal. Both ways have a draw of "
            "their own.",
        ),
        Misconception(
            "never flipped",
            "flips = rng.random(m) < 0.5",
            "flips = rng.random(m) < 0",
            "None of your images is flipped. One half of them, by chance, becomes its mirror image.",
        ),
        Misconception(
            "upside down",
            "piece[:, ::-1]",
            "piece[::-1]",
            "Some of your images stand on their heads. A horizontal flip exchanges left and right: the columns, not the "
            "rows, change places.",
        ),
        Misconception(
            "one draw for all images",
            "tops, lefts = rng.integers(0, 2 * max_shift + 1, size=(2, m))",
            "tops, lefts = rng.integers(0, 1, size=(2, m))",
            "All your images move in the same way. Every image has a draw of its own.",
        ),
    ],
    equivalent={
        "augmented = images": "arguments may be changed in place",
        "flips = rng.random(m) <= 0.5": "a drawn number is never exactly the border, and either half of them may be flipped",
        "flips = rng.random(m) > 0.5": "a drawn number is never exactly the border, and either half of them may be flipped",
        "padded = np.pad(images, ((0, 1), frame, frame, (0, 0)))": "the additional picture is never looked at",
    },
)
def augment(rng: np.random.Generator) -> Iterator[Case]:
    judged = dict.fromkeys(("images", "shifts", "moves", "flipped"), "augmented")
    for label, (m, height, width), reach in [
        ("small grey images, moved by one pixel", (600, 3, 4), ()),
        ("small grey images, moved by up to two pixels", (900, 4, 3), (2,)),
    ]:
        # No pixel of an image twice and none zero: each move can be told from every other.
        one = 1 + np.array([rng.permutation(height * width) for _ in range(m)], dtype=np.uint8)
        yield case(label, one.reshape(m, height, width, 1), seeded(rng), *reach, judged=judged)
    colour = 1 + np.array([rng.permutation(4 * 3 * 2) for _ in range(5)], dtype=np.uint8)
    yield case("five images of two channels", colour.reshape(5, 4, 3, 2), seeded(rng), judged={"images": "augmented"})


LESSON = Lesson(
    "regularisation",
    title="Fitting less to predict more",
    exercises=(
        split_data,
        normalize_inputs,
        compute_cost_with_regularization,
        backward_propagation_with_regularization,
        forward_propagation_with_dropout,
        backward_propagation_with_dropout,
        early_stopping,
        augment,
    ),
)
