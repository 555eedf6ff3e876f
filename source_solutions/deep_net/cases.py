"""Lesson 05: a network of any depth. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, array, case, exercise

from .. import cross_entropy

# (linear cache (A_prev, W, b), Z), as the lesson's forward pass makes it.
Cache = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them near zero."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.3, 1.5, shape)


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """(1, m) of 0 and 1, both present as soon as m > 1."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def weights(rng: np.random.Generator, sizes: Sequence[int]) -> dict[str, np.ndarray]:
    """Parameters of a network, its biases far enough from zero to matter."""
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = away_from_zero(rng, n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = away_from_zero(rng, n, 1)
    return parameters


def sigma(Z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-Z)))


def first(value: Any) -> Any:
    """A returned value without those that some versions return after it."""
    return value[0] if isinstance(value, (tuple, list)) and len(value) > 1 else value


def one_layer(rng: np.random.Generator, n_prev: int, n: int, m: int) -> Cache:
    """The cache of a layer: in every row of Z some sums are positive and some negative, as soon as m > 1."""
    A_prev, W, b = rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), away_from_zero(rng, n, 1)
    Z = rng.uniform(0.3, 2, (n, m)) * (-1.0) ** np.add.outer(np.arange(n), np.arange(m))
    return (A_prev, W, b), Z


# ---- two activations


def of_any_shape(rng: np.random.Generator, arrays: int = 1) -> Iterator[Case]:
    """Cases of a function of every entry, called with so many arrays of one shape."""
    for label, shape in [("three axes", (2, 4, 3)), ("one axis", (7,))]:
        yield case(label, *(away_from_zero(rng, *shape) for _ in range(arrays)))


@exercise(
    returns=["A", "cache"],
    points={"A": 0, "A at ±1000": 0, "cache": 0},
    ours=["A at ±1000"],
    warm_up=True,
    misconceptions=[
        Misconception(
            "cache after the sigmoid",
            "cache = Z",
            "cache = A",
            "Your cache holds the activation. The way back starts from the weighted sums: the cache is what came in.",
        ),
        Misconception(
            "sign of the exponent",
            "np.where(Z >= 0, 1.0, e)",
            "np.where(Z >= 0, e, 1.0)",
            "Your A is 1 minus the expected one, as from an exponent of the other sign. For large positive z the sigmoid is "
            "near 1.",
        ),
    ],
    equivalent={
        "A = np.where(Z > 0, 1.0, e) / (1.0 + e)": "at exactly 0 both sides give one half",
    },
)
def sigmoid(rng: np.random.Generator) -> Iterator[Case]:
    Z = 2 * away_from_zero(rng, 3, 5)
    # Near zero on both sides, where a wrong border would hide.
    Z[0, :2] = rng.uniform(0.2, 0.8, 2) * [1, -1]
    yield case("three units, five examples", Z)
    yield case("a single example", 3 * away_from_zero(rng, 4, 1))
    yield case("whole numbers", rng.integers(-3, 4, (2, 4)))
    for label, far in [
        ("up to 1000 and down to -1000", [[1000.0, -1000.0, 0.0], [-730.0, 50.0, 4.0]]),
        ("down to -1000, a single unit", [[-1000.0, 3.0, 1000.0, -900.0]]),
    ]:
        yield case(label, far + rng.uniform(-1, 1, np.shape(far)), judged={"A at ±1000": "A"}, silent=True)
    yield from of_any_shape(rng)


@exercise(
    returns=["A", "cache"],
    points={"A": 0, "cache": 0},
    warm_up=True,
    misconceptions=[
        Misconception(
            "cache after relu",
            "cache = Z",
            "cache = A",
            "Your cache holds the activation. The way back starts from the weighted sums: the cache is what came in.",
        ),
        Misconception(
            "absolute value",
            "np.maximum(0, Z)",
            "np.abs(Z)",
            "Your A is the absolute value of Z. relu replaces negative numbers by 0; it does not turn their sign.",
        ),
        Misconception(
            "one for every positive",
            "np.maximum(0, Z)",
            "1.0 * (Z > 0)",
            "Your A is 1 where Z is positive: that is the slope of relu. relu itself keeps positive numbers as they are.",
        ),
    ],
    equivalent={
        "A = np.maximum(Z, 0)": "the larger of two numbers, whichever comes first",
    },
)
def relu(rng: np.random.Generator) -> Iterator[Case]:
    for label, n, m in [("three units, five examples", 3, 5), ("a single example", 6, 1), ("one unit", 1, 4)]:
        Z = away_from_zero(rng, n, m)
        Z.flat[:2] = [-1.3, 0.6]
        yield case(label, Z)
    yield case("whole numbers", rng.permutation(np.arange(8) - 4).reshape(2, 4))
    yield from of_any_shape(rng)


# ---- somewhere to start

# The size of drawn weights is known in steps of this factor: so chance does not matter, and each slip has a size of its own.
# Ten steps are a factor of ten: what is wrong by powers of ten is in the middle of a step.
STEP = 10**0.1
DRAWN = {"shapes": "parameters", "biases": "parameters", "size of the weights": "parameters", "spread": "parameters"}


def first_parameters(sizes: Sequence[int], parameters: Any) -> dict[str, Any]:
    """What must hold for freshly drawn parameters of a network with these sizes."""
    layers = range(1, len(sizes))
    W = [array(parameters[f"W{layer}"]) for layer in layers]
    b = [array(parameters[f"b{layer}"]) for layer in layers]
    drawn = np.concatenate([matrix.ravel() for matrix in W])
    deviation, few = float(drawn.std()), 6 / np.sqrt(drawn.size)
    # Of a normal distribution, 68 % lie within one standard deviation; of numbers spread evenly, 58 %.
    inside = float(np.mean(np.abs(drawn - drawn.mean()) < deviation))
    kind = "numbers of another kind"
    if abs(inside - 0.683) < 0.04:
        kind = "normal numbers"
    elif abs(inside - 0.577) < 0.04:
        kind = "evenly spread numbers"
    return {
        # All entries, whoever asked for them: one layer too many would be another network.
        "shapes": ", ".join(f"{name} {array(parameters[name]).shape}" for name in sorted(parameters, key=str)),
        "biases": filling(*b),
        "size of the weights": float(0.01 * STEP ** np.round(np.log(np.sqrt(np.mean(drawn**2)) / 0.01) / np.log(STEP))),
        "spread": [kind, "around 0" if abs(drawn.mean()) < few * deviation else "around another number"],
    }


def filling(*arrays: np.ndarray) -> str:
    """What stands in the arrays, in words."""
    numbers = np.concatenate([array.ravel() for array in arrays])
    if not numbers.any():
        return "all zero"
    return "one number everywhere" if (numbers == numbers[0]).all() else "different numbers"


def observe_deep(case: Case, value: Any) -> Mapping[str, Any]:
    found = first_parameters(case.args[0], first(value))
    return {name: found[name] for name in case.judged}


def observe_two(case: Case, value: Any) -> Mapping[str, Any]:
    return first_parameters(case.args, first(value))


@exercise(
    returns=["parameters"],
    points={"shapes": 3, "biases": 1, "size of the weights": 2, "spread": 2},
    observe=observe_deep,
    misconceptions=[
        Misconception(
            "weights not scaled",
            " * 0.01",
            "",
            "Your weights have a standard deviation of about 1. The exercise asks for 0.01.",
        ),
        Misconception(
            "even numbers",
            "np.random.randn(layer_dims[l], layer_dims[l - 1])",
            "np.random.rand(layer_dims[l], layer_dims[l - 1])",
            "Your weights are spread evenly over positive numbers only. Asked for are normally distributed ones around 0: "
            "two functions of numpy with similar names.",
        ),
        Misconception(
            "rows and columns exchanged",
            "np.random.randn(layer_dims[l], layer_dims[l - 1])",
            "np.random.randn(layer_dims[l - 1], layer_dims[l])",
            "Your weights have the transposed shape. W has one row for each unit of its own layer and one column for each "
            "unit of the layer before.",
        ),
        Misconception(
            "random biases",
            "np.zeros((layer_dims[l], 1))",
            "np.random.randn(layer_dims[l], 1) * 0.01",
            "Your biases are not zero. Only the weights need chance to make the units differ.",
        ),
        Misconception(
            "divided by the factor",
            " * 0.01",
            " / 0.01",
            "Your weights are about 100 in size. Multiplied by 0.01 they are small; divided by it they are large.",
        ),
    ],
)
def initialize_parameters_deep(rng: np.random.Generator) -> Iterator[Case]:
    def some(low: int, high: int) -> int:
        return int(rng.integers(low, high))

    yield case("two layers", [some(80, 90), some(60, 70), 1], judged=DRAWN)
    yield case("four layers", [some(70, 80), some(81, 90), some(20, 30), some(3, 6), 2], judged=DRAWN)
    form = {name: DRAWN[name] for name in ("shapes", "biases")}
    yield case("a single layer", [some(5, 40), 3], judged=form)


@exercise(
    returns=["parameters"],
    points=dict.fromkeys(DRAWN, 0),
    observe=observe_two,
    misconceptions=[
        Misconception(
            "hidden units and outputs exchanged",
            "[n_x, n_h, n_y]",
            "[n_x, n_y, n_h]",
            "Your shapes are those of a network with the sizes of the hidden layer and of the output exchanged.",
        ),
        Misconception(
            "weights not scaled",
            "initialize_parameters_deep([n_x, n_h, n_y])",
            "{k: v / 0.01 for k, v in initialize_parameters_deep([n_x, n_h, n_y]).items()}",
            "Your weights have a standard deviation of about 1. The exercise asks for 0.01.",
        ),
    ],
)
def initialize_parameters(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_y in [("one output", 1), ("three outputs", 3)]:
        yield case(label, int(rng.integers(80, 90)), int(rng.integers(60, 70)), n_y, judged=DRAWN)


# ---- forward


@exercise(
    returns=["Z", "cache"],
    points={"Z": 6, "cache": 2},
    misconceptions=[
        Misconception(
            "bias left out",
            "W @ A + b",
            "W @ A",
            "Your Z is what comes out without the bias. Each unit adds its own b to its weighted sum.",
        ),
        Misconception(
            "one bias for all units",
            "W @ A + b",
            "W @ A + np.sum(b)",
            "Your Z is what comes out when the biases are added up and every unit gets their sum. Each unit has its own "
            "bias: the column b is added as it is.",
        ),
        Misconception(
            "bias subtracted",
            "W @ A + b",
            "W @ A - b",
            "Your Z is what comes out when b is subtracted. In this course the bias is added.",
        ),
    ],
)
def linear_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_prev, n, m in [
        ("three inputs, two units", 3, 2, 5),
        ("a single example", 4, 3, 1),
        ("one unit", 5, 1, 2),
    ]:
        yield case(label, rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), away_from_zero(rng, n, 1))
    yield case("whole numbers", rng.integers(-3, 4, (3, 6)), rng.normal(size=(4, 3)), away_from_zero(rng, 4, 1))


@exercise(
    returns=["A", "cache"],
    points={"A": 8, "cache": 2},
    misconceptions=[
        Misconception(
            "relu everywhere",
            "A, activation_cache = sigmoid(Z)",
            "A, activation_cache = relu(Z)",
            'Your A is what relu gives, also where `activation` is "sigmoid".',
        ),
        Misconception(
            "sigmoid everywhere",
            "A, activation_cache = relu(Z)",
            "A, activation_cache = sigmoid(Z)",
            'Your A is what the sigmoid gives, also where `activation` is "relu".',
        ),
        Misconception(
            "no activation",
            "    Z, linear_cache = linear_forward(A_prev, W, b)\n",
            "    Z, linear_cache = linear_forward(A_prev, W, b)\n    relu = sigmoid = lambda Z: (Z, Z)\n",
            "Your A is Z, the weighted sum before the activation. Look at which of the two values of `relu` and `sigmoid` "
            "you keep.",
        ),
        Misconception(
            "A kept for the way back",
            "### END CODE HERE ###",
            "activation_cache = A",
            "Your activation cache holds A. The way back needs what went into the activation: Z.",
        ),
    ],
)
def linear_activation_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_prev, n, m, activation in [
        ("relu, five examples", 3, 4, 5, "relu"),
        ("sigmoid, two examples", 4, 3, 2, "sigmoid"),
        ("relu, a single example", 2, 6, 1, "relu"),
        ("sigmoid, a single unit", 5, 1, 3, "sigmoid"),
    ]:
        A_prev, W = rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev))
        A_prev = A_prev if m > 2 else np.rint(2 * A_prev).astype(int)
        # The first two sums are one on each side of zero.
        b = away_from_zero(rng, n, 1)
        signs = np.array([[1.0], [-1.0], *[[1.0]] * n])[:n]
        b[:2] = (0.8 * signs - W @ A_prev[:, :1])[:2]
        yield case(label, A_prev, W, b, activation)


@exercise(
    returns=["AL", "caches"],
    points={"AL": 8, "caches": 4},
    misconceptions=[
        Misconception(
            "sum in place of its sigmoid",
            "### END CODE HERE ###",
            "AL = cache[1]",
            "Your AL is the last weighted sum Z itself, which is no probability yet: its sigmoid is asked for.",
        ),
        Misconception(
            "sigmoid in the hidden layers",
            '"relu")',
            '"sigmoid")',
            "Your result is what comes out with the sigmoid in every layer. Only the last layer uses it; the hidden ones use "
            "relu.",
        ),
        Misconception(
            "relu in the last layer",
            '"sigmoid")',
            '"relu")',
            "Your result is what comes out with relu in every layer. The last one gives a probability: it needs the sigmoid.",
        ),
        Misconception(
            "last cache not kept",
            '"sigmoid")\n    caches.append(cache)',
            '"sigmoid")',
            "Your list has no cache of the last layer. Every layer has one, so there are L of them.",
        ),
        Misconception(
            "caches from the end",
            '"sigmoid")\n    caches.append(cache)',
            '"sigmoid")\n    caches.append(cache)\n    caches = caches[::-1]',
            "Your caches stand in the opposite order. The cache of layer 1 comes first.",
        ),
    ],
)
def L_model_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m in [
        ("two layers", [4, 3, 1], 5),
        ("three layers", [2, 5, 4, 1], 6),
        ("a single layer, one example", [3, 1], 1),
    ]:
        yield case(label, rng.normal(size=(sizes[0], m)), weights(rng, sizes))
    yield case("whole numbers", rng.integers(-3, 4, (3, 7)), weights(rng, [3, 4, 1]))


@exercise(
    returns=["cost"],
    points={"cost": 0, cross_entropy.RIGHT: 0, cross_entropy.WRONG: 0},
    misconceptions=[
        Misconception(
            "sum instead of mean",
            "(1 - Y) * log_not_a) / m",
            "(1 - Y) * log_not_a)",
            "Yours is m times the expected cost: the sum of the losses. The cost is their mean.",
        ),
        Misconception(
            "sign of the cost",
            "cost = -np.sum(",
            "cost = np.sum(",
            "Yours is the expected cost with its sign turned. Logarithms of probabilities are negative, and a cost is not.",
        ),
        Misconception(
            "second term left out",
            " + (1 - Y) * log_not_a)",
            ")",
            "Your cost counts only the examples with label 1. The second term is for those with label 0.",
        ),
        Misconception(
            "logarithm of a for both",
            "np.log(np.maximum(1 - AL, 2**-54))",
            "1 - np.log(np.maximum(AL, 1e-300))",
            "Your cost is what comes out with 1 - log a in the place of log(1 - a). Look at what stands inside the logarithm.",
        ),
        Misconception(
            "labels exchanged",
            "Y * log_a + (1 - Y) * log_not_a",
            "(1 - Y) * log_a + Y * log_not_a",
            "Your cost is what comes out when the two logarithms are exchanged. log(a) belongs to the label 1, log(1 "
            "- a) to the label 0.",
        ),
        Misconception(
            "labels in the logarithm",
            "Y * log_a + (1 - Y) * log_not_a",
            "AL * np.log(np.maximum(Y, 1e-300)) + (1 - AL) * np.log(np.maximum(1 - Y, 1e-300))",
            "Your cost is what comes out when Y and AL have changed places: the logarithm is taken of the labels, and log(0) makes the cost so large. The logarithm belongs to the probabilities AL.",
        ),
        Misconception(
            "one logarithm in both terms",
            "Y * log_a + (1 - Y) * log_not_a",
            "Y * log_a + (1 - Y) * log_a",
            "Your cost is what comes out with log(a) in both terms. The second term belongs to the label 0, whose "
            "probability is 1 - a.",
        ),
        *cross_entropy.written_out("AL"),
    ],
    equivalent=cross_entropy.equivalent("AL"),
    properties=cross_entropy.PROPERTIES,
    ours=cross_entropy.OURS,
    warm_up=True,
    # How the logarithm is kept finite is left open; 1e-8 added to a small probability shows in the cost.
    rtol=1e-5,
)
def compute_cost(rng: np.random.Generator) -> Iterator[Case]:
    for label, m in [("five examples", 5), ("eight examples", 8)]:
        yield case(label, rng.uniform(0.05, 0.95, (1, m)), labels(rng, m))
    yield case("a single example", rng.uniform(0.1, 0.4, (1, 1)), np.array([[1]]))
    # Each probability that rounds is on the side of its label: the cost is finite there, and no matter how.
    order = rng.permutation(6)
    Y = (np.arange(6) % 2)[order].reshape(1, 6)
    sure = np.where((np.arange(6) < 3)[order], Y, rng.uniform(0.2, 0.8, (1, 6)))
    yield case("very sure, and right", sure, Y, judged={cross_entropy.RIGHT: "cost"})
    yield from cross_entropy.sure_and_wrong(rng)


# ---- backward


@exercise(
    returns=["dZ"],
    points={"dZ": 6},
    misconceptions=[
        Misconception(
            "mask of dA",
            "(Z > 0)",
            "(dA > 0)",
            "Your dZ is 0 where dA is negative. A unit is off where *Z* is not positive; a gradient may have any sign.",
        ),
        Misconception(
            "mask turned round",
            "(Z > 0)",
            "(Z < 0)",
            "Your dZ keeps the entries where Z is negative. There relu is flat; the entries pass where Z is positive.",
        ),
        Misconception(
            "slope alone",
            "dA * (Z > 0)",
            "1.0 * (Z > 0)",
            "Your dZ is the slope of relu alone. The chain rule multiplies it by dA.",
        ),
        Misconception(
            "relu of Z instead of its slope",
            "dA * (Z > 0)",
            "dA * np.maximum(Z, 0)",
            "Your dZ is dA times relu(Z). The chain rule needs the slope of relu there, which is 0 or 1.",
        ),
        Misconception(
            "nothing switched off",
            "dA * (Z > 0)",
            "dA * 1.0",
            "Your dZ is dA, unchanged. Where Z is not positive, relu is flat and nothing flows back.",
        ),
        Misconception(
            "slope 1 at zero",
            "(Z > 0)",
            "(Z >= 0)",
            "Your dZ differs only where Z is exactly 0. There the slope could be chosen; this course takes 0.",
        ),
    ],
)
def relu_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n, m in [("three units, five examples", 3, 5), ("a single example", 6, 1), ("one unit", 1, 4)]:
        dA, Z = away_from_zero(rng, n, m), away_from_zero(rng, n, m)
        # Every pair of signs, and a sum that is exactly zero, where the slope is 0.
        dA.flat[:4], Z.flat[:3] = [0.7, -1.2, -0.4, 0.9], [-1.1, 0.6, -0.5]
        Z.flat[3] = 0.0
        yield case(label, dA, Z)
    yield from of_any_shape(rng, 2)


@exercise(
    returns=["dZ"],
    points={"dZ": 5, "dZ at ±1000": 1},
    ours=["dZ at ±1000"],
    misconceptions=[
        Misconception(
            "Z taken for A",
            "s, _ = sigmoid(Z)",
            "s = Z",
            "Your dZ is dA Z (1 - Z). In σ'(z) = s (1 - s), s is the sigmoid of z, and the cache holds z.",
        ),
        Misconception(
            "half of the slope",
            "dA * s * (1 - s)",
            "dA * s",
            "Your dZ is dA times σ(Z). The slope of the sigmoid has a second factor.",
        ),
        Misconception(
            "slope alone",
            "dA * s * (1 - s)",
            "s * (1 - s)",
            "Your dZ is the slope of the sigmoid alone. The chain rule multiplies it by dA.",
        ),
    ],
)
def sigmoid_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n, m in [
        ("one unit, five examples", 1, 5),
        ("three units, two examples", 3, 2),
        ("a single example", 4, 1),
    ]:
        yield case(label, away_from_zero(rng, n, m), 2 * away_from_zero(rng, n, m))
    yield from of_any_shape(rng, 2)
    far = np.array([[1000.0, -1000.0, 0.5], [-800.0, 900.0, -2.0]]) + rng.uniform(-0.3, 0.3, (2, 3))
    yield case("up to 1000 and down to -1000", away_from_zero(rng, 2, 3), far, judged={"dZ at ±1000": "dZ"})


@exercise(
    returns=["dA_prev", "dW", "db"],
    points={"dA_prev": 5, "dW": 5, "db": 4},
    misconceptions=[
        Misconception(
            "dW without the mean",
            "dZ @ A_prev.T / m",
            "dZ @ A_prev.T",
            "Your dW is exactly m times the expected one. It belongs to the mean cost: a sum over the m examples, divided by m.",
        ),
        Misconception(
            "db without the mean",
            "keepdims=True) / m",
            "keepdims=True)",
            "Your db is exactly m times the expected one. It belongs to the mean cost: a sum over the m examples, divided by m.",
        ),
        Misconception(
            "divided by the number of units",
            "m = A_prev.shape[1]",
            "m = dZ.shape[0]",
            "Your gradients are divided by the number of units of this layer. A mean over the examples is divided by their number, m.",
        ),
        Misconception(
            "dA_prev with the mean",
            "W.T @ dZ",
            "W.T @ dZ / m",
            "Your dA_prev is the expected one divided by m. dA belongs to the sum of the losses; 1/m stands in dW and db only.",
        ),
        Misconception(
            "db over the whole matrix",
            "np.sum(dZ, axis=1, keepdims=True)",
            "np.sum(dZ)",
            "Your db is one number, the sum over all units. Each unit has its own bias, so there is one sum for each row of dZ.",
        ),
        Misconception(
            "db without its second axis",
            "np.sum(dZ, axis=1, keepdims=True)",
            "np.sum(dZ, axis=1)",
            "The numbers of your db are a plain row, with one axis only. db has the shape of b, which is a column.",
        ),
        Misconception(
            "dW transposed",
            "dW = dZ @ A_prev.T / m",
            "dW = A_prev @ dZ.T / m",
            "Your dW is the transpose of the expected one. It has the shape of W: its own units in the rows.",
        ),
        Misconception(
            "dW divided by m twice",
            "dW = dZ @ A_prev.T / m",
            "dW = dZ @ A_prev.T / m / m",
            "Your dW is the expected one divided by m once more. One mean over the examples is enough.",
        ),
        Misconception(
            "db divided by m twice",
            "keepdims=True) / m",
            "keepdims=True) / m / m",
            "Your db is the expected one divided by m once more. One mean over the examples is enough.",
        ),
    ],
)
def linear_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_prev, n, m in [
        ("four inputs, three units", 4, 3, 5),
        ("two inputs, five units", 2, 5, 3),
        ("a single example", 3, 4, 1),
        ("one unit", 5, 1, 2),
        # The wrong one of W and its transpose raises where their sizes differ; here it shows its value.
        ("layers of one size", 3, 3, 6),
    ]:
        linear_cache, _ = one_layer(rng, n_prev, n, m)
        yield case(label, away_from_zero(rng, n, m), linear_cache)


@exercise(
    returns=["dA_prev", "dW", "db"],
    points={"dA_prev": 3, "dW": 3, "db": 2},
    misconceptions=[
        Misconception(
            "back through the sigmoid, always",
            "dZ = relu_backward(dA, Z)",
            "dZ = sigmoid_backward(dA, Z)",
            'Your result is what comes out by going back through a sigmoid, also where `activation` is "relu".',
        ),
        Misconception(
            "back through relu, always",
            "dZ = sigmoid_backward(dA, Z)",
            "dZ = relu_backward(dA, Z)",
            'Your result is what comes out by going back through relu, also where `activation` is "sigmoid".',
        ),
        Misconception(
            "activation skipped",
            "linear_backward(dZ, linear_cache)",
            "linear_backward(dA, linear_cache)",
            "Your result is what comes out when dA itself goes through the linear step. First it has to go back through the "
            "activation.",
        ),
    ],
)
def linear_activation_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_prev, n, m, activation in [
        ("relu, five examples", 4, 3, 5, "relu"),
        ("sigmoid, two examples", 3, 4, 2, "sigmoid"),
        ("relu, a single example", 2, 5, 1, "relu"),
        ("sigmoid, a single unit", 5, 1, 3, "sigmoid"),
    ]:
        yield case(label, away_from_zero(rng, n, m), one_layer(rng, n_prev, n, m), activation)


def observe_gradients(case: Case, value: Any) -> Mapping[str, Any]:
    """The gradients by kind. All dA one number higher, dA1 ... dAL, is the older form of the same thing."""
    grads = first(value)
    layers = range(1, len(case.args[2]) + 1)
    keys = [f"dA{layer - 1}" for layer in layers]
    older = [f"dA{layer}" for layer in layers]
    if {key for key in grads if str(key).startswith("dA")} == set(older):
        found = {key: grads[old] for key, old in zip(keys, older, strict=True)}
    else:
        found = {key: grads[key] for key in keys if key in grads}
    return {
        'grads["dA"]': found,
        **{f'grads["{k}"]': {f"{k}{n}": grads[f"{k}{n}"] for n in layers if f"{k}{n}" in grads} for k in ("dW", "db")},
    }


@exercise(
    returns=["grads"],
    points={'grads["dA"]': 4, 'grads["dW"]': 6, 'grads["db"]': 4},
    observe=observe_gradients,
    misconceptions=[
        Misconception(
            "first gradient turned",
            "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2**-54)",
            "dA = Y / np.maximum(AL, 1e-300) - (1 - Y) / np.maximum(1 - AL, 2**-54)",
            "Your gradients equal the expected ones with their sign turned, in every layer. Look at the sign where the way back "
            "begins, the derivative of the loss with respect to A of the last layer.",
        ),
        Misconception(
            "difference as first gradient",
            "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2**-54)",
            "dA = AL - Y",
            "Your gradients are what comes out when the way back begins with A - Y for *A*. That is the gradient with respect to "
            "*Z* of the last layer; the step back through the sigmoid is still to come.",
        ),
        Misconception(
            "mean taken twice",
            "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2**-54)",
            "dA = (-Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2**-54)) / Y.shape[1]",
            "Your gradients are the expected ones divided by m. The way back begins with the sum of the losses; `linear_backward` "
            "divides dW and db by m already.",
        ),
        Misconception(
            "sigmoid in the hidden layers",
            '"sigmoid" if l == L else "relu"',
            '"sigmoid"',
            "Your last layer is right, and the others are what comes out by going back through a sigmoid. The hidden layers use "
            "relu.",
        ),
        Misconception(
            "keys mixed",
            'grads[f"dA{l - 1}"]',
            'grads[f"dA{l - (l == L)}"]',
            "The dA of your last layer has the number of the layer before, those of the others have the number of their own layer: "
            "so one key is used twice and one is missing. Layer l computes the gradient with respect to A of layer l - 1.",
        ),
        Misconception(
            "caches from the wrong end",
            "caches[l - 1]",
            "caches[L - l]",
            "The same happens in every case when the caches are read from the first layer on. The forward pass put them down in the order of the layers: going back, the last one comes first, and layer l finds its own at the place l - 1.",
        ),
        Misconception(
            "dA of the last hidden layer everywhere",
            "dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)",
            'dA, dW, db = linear_activation_backward(dA if l == L else grads[f"dA{L - 1}"], caches[l - 1], activation)',
            "The same happens in every case when each hidden layer gets the dA of the last hidden layer. Going back, each layer gets the dA that the layer after it has just computed; only in a network with two layers are the two the same.",
        ),
        Misconception(
            "dA one key too high",
            'grads[f"dA{l - 1}"]',
            'grads[f"dA{l + 1}"]',
            "Your dA have keys that are too high by two. Layer l computes the gradient with respect to A of layer l -"
            " 1.",
        ),
        Misconception(
            "dW counted from 0",
            'grads[f"dW{l}"]',
            'grads[f"dW{l - 1}"]',
            "Your dW have keys that are too low by one. The first layer is layer 1, so the keys are dW1 to dWL.",
        ),
        Misconception(
            "db counted from 0",
            'grads[f"db{l}"]',
            'grads[f"db{l - 1}"]',
            "Your db have keys that are too low by one. The first layer is layer 1, so the keys are db1 to dbL.",
        ),
    ],
    equivalent={
        "dA = -Y / AL + (1 - Y) / np.maximum(1 - AL, 2 ** (-54))": "the lesson says that the bound in the backward pass is not asked for",
        "dA = -Y / np.maximum(1e-300, AL) + (1 - Y) / np.maximum(1 - AL, 2 ** (-54))": "the larger of two numbers, whichever comes first",
        "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2 * -54)": "the lesson says that the bound in the backward pass is not asked for",
        "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / (1 - AL)": "the lesson says that the bound in the backward pass is not asked for",
        "dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(2 ** (-54), 1 - AL)": "the larger of two numbers, whichever comes first",
        "dA = -Y / np.maximum(AL, 2e-300) + (1 - Y) / np.maximum(1 - AL, 2 ** (-54))": "open: any tiny bound keeps the value finite",
        **{
            f"dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, {tiny})": "open: any tiny bound keeps the value finite"
            for tiny in ("3 ** (-54)", "4 ** (-54)", "2 ** (-55)", "2 ** (-108)")
        },
        "grads[f'dA{l}'] = dA": "the older set of keys, dA1 to dAL, is as good",
    },
)
def L_model_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m in [
        ("two layers, one example", [4, 3, 1], 1),
        ("three layers", [5, 4, 2, 1], 6),
        ("a single layer", [3, 1], 4),
        # What takes another layer's array raises where their sizes differ; here it shows its value.
        ("hidden layers of one size", [4, 3, 3, 3, 1], 5),
    ]:
        caches = [one_layer(rng, n_prev, n, m) for n_prev, n in pairwise(sizes)]
        yield case(label, sigma(caches[-1][1]), labels(rng, m), caches)


@exercise(
    returns=["parameters"],
    points={"parameters": 6},
    exact=["parameters"],
    misconceptions=[
        Misconception(
            "climbing weights",
            'parameters[f"W{l}"] - learning_rate',
            'parameters[f"W{l}"] + learning_rate',
            "Your weights are what comes out when the step follows the gradient. The gradient points uphill.",
        ),
        Misconception(
            "last layer left as it was",
            "range(1, L + 1)",
            "range(1, L)",
            "The last layer of yours has not moved. A `range` does not include its end.",
        ),
        Misconception(
            "weights by the whole gradient",
            'learning_rate * grads[f"dW{l}"]',
            'grads[f"dW{l}"]',
            "Your weights are what comes out when each step is the whole gradient. The learning rate says how long a step is.",
        ),
        Misconception(
            "biases left as they were",
            'parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]',
            'parameters[f"b{l}"]',
            "Your biases have not moved. They take a step with their own gradient, just as the weights do.",
        ),
        Misconception(
            "last bias only",
            '        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]',
            '    parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]',
            "Only the bias of your last layer has moved. A line that belongs to every layer is indented as far as the others of the loop.",
        ),
        Misconception(
            "climbing",
            "### START CODE HERE ###",
            "learning_rate = -learning_rate",
            "Your parameters are what comes out when each step follows the gradient. The gradient points uphill.",
        ),
        Misconception(
            "the whole gradient",
            "### START CODE HERE ###",
            "learning_rate = 1",
            "Your parameters are what comes out when each step is the whole gradient. The learning rate says how long"
            " a step is.",
        ),
    ],
    equivalent={
        "without parameters = dict(parameters)": "arguments may be changed in place",
        "parameters = parameters": "arguments may be changed in place",
    },
)
def update_parameters(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, rate in [
        ("one layer", [3, 4], 0.1),
        ("three layers", [4, 2, 5, 1], 0.7),
        ("a single unit", [5, 1], 2),
        ("two layers", [2, 6, 3], 0.4),
    ]:
        parameters, grads = weights(rng, sizes), {f"d{name}": value for name, value in weights(rng, sizes).items()}
        # The way back leaves these in `grads` as well; here they are of a single example.
        grads |= {f"dA{layer}": rng.normal(size=(n, 1)) for layer, n in enumerate(sizes[:-1])}
        # From the last layer to the first, as the way back makes them: no gradient stands where its parameter does.
        yield case(label, parameters, dict(reversed(grads.items())), rate)


# ---- training


def waves(data: Any, layer_dims: Any) -> Any:
    """In the place of `initialize_parameters_deep`: weights that depend on the sizes and on `data`, not on chance."""
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = int(layer_dims[layer - 1]), int(layer_dims[layer])
        wave = np.sin(data + 2.4 * np.arange(1, n * n_prev + 1) + layer)
        parameters[f"W{layer}"] = 1.5 * wave.reshape(n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = 0.4 + 0.1 * np.cos(data + np.arange(n)).reshape(n, 1)
    return parameters


def two_waves(data: Any, n_x: Any, n_h: Any, n_y: Any) -> Any:
    """In the place of `initialize_parameters`: as `waves`, for one hidden layer."""
    parameters, sizes = {}, [int(n_x), int(n_h), int(n_y)]
    for layer in (1, 2):
        n_prev, n = sizes[layer - 1], sizes[layer]
        wave = np.sin(data + 2.4 * np.arange(1, n * n_prev + 1) + layer)
        parameters[f"W{layer}"] = 1.5 * wave.reshape(n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = 0.4 + 0.1 * np.cos(data + np.arange(n)).reshape(n, 1)
    return parameters


def starts(rng: np.random.Generator) -> dict[str, Given]:
    phase = float(rng.uniform(0, 6))
    return {"initialize_parameters_deep": Given(waves, phase), "initialize_parameters": Given(two_waves, phase)}


def training(
    rng: np.random.Generator, label: str, X: np.ndarray, Y: np.ndarray, sizes: Any, settings: tuple[Any, ...]
) -> Case:
    """A case of training from the start that stands in for a drawn one; its costs are known."""
    given = starts(rng)
    known = costs_at_0_and_100(X, Y, sizes, *settings, phase=given["initialize_parameters_deep"].data)
    return case(label, X, Y, sizes, *settings, given=given, judged=TRAINED, known=known)


def costs_at_0_and_100(
    X: np.ndarray, Y: np.ndarray, sizes: Any, rate: float = 0.0075, iterations: int = 3000, *, phase: Any
) -> dict[str, list[float]]:
    """The costs of iteration 0 and, where there are so many, of iteration 100: before each of these steps, and after it."""
    parameters, last, costs = waves(phase, sizes), len(sizes) - 1, []
    for _iteration in range(min(iterations, 101) + 1):
        A = [X]
        for layer in range(1, last + 1):
            Z = parameters[f"W{layer}"] @ A[-1] + parameters[f"b{layer}"]
            A.append(sigma(Z) if layer == last else np.maximum(Z, 0))
        costs.append(float(-np.mean(Y * np.log(A[-1]) + (1 - Y) * np.log(1 - A[-1]))))
        dZ = A[-1] - Y
        for layer in range(last, 0, -1):
            dA = parameters[f"W{layer}"].T @ dZ
            parameters[f"W{layer}"] = parameters[f"W{layer}"] - rate * dZ @ A[layer - 1].T / X.shape[1]
            parameters[f"b{layer}"] = parameters[f"b{layer}"] - rate * dZ.mean(axis=1, keepdims=True)
            dZ = dA * (A[layer - 1] > 0)
    return {"those before a step": costs[:-1:100], "those after a step": costs[1::100]}


def observe_training(case: Case, value: Any) -> Mapping[str, Any]:
    """The trained parameters; and of the costs, where they are returned, that they are those of this training."""
    if FROM_A_START in case.judged:
        return {FROM_A_START: first(value)}
    costs = value[1] if isinstance(value, (tuple, list)) and len(value) > 1 else None
    said = "those before a step" if costs is None else which_costs(case, costs)
    return {"parameters": first(value), "costs, where returned": said}


def which_costs(case: Case, costs: Any) -> str:
    """Which costs these are, in words."""
    iterations = case.args[4] if len(case.args) > 4 else 3000
    found = [float(np.squeeze(cost)) for cost in costs]
    hundreds = -(-iterations // 100)
    # Some versions add the last cost of all.
    if len(found) not in (hundreds, hundreds + 1):
        return "another number of costs"
    for said, known in case.known.items():
        if np.allclose(found[: len(known)], known, rtol=1e-5, atol=0):
            return said
    return "other costs"


FROM_A_START = "parameters from a given start"
TRAINED = {"parameters": "parameters", "costs, where returned": "parameters"}


@exercise(
    returns=["parameters"],
    points={"parameters": 5, "costs, where returned": 2, FROM_A_START: 1},
    ours=[FROM_A_START],
    observe=observe_training,
    rtol=1e-5,
    misconceptions=[
        Misconception(
            "learning rate fixed",
            "update_parameters(parameters, grads, learning_rate)",
            "update_parameters(parameters, grads, 0.0075)",
            "Your result is that of the learning rate 0.0075, whatever `learning_rate` says. Pass the argument on.",
        ),
        Misconception(
            "steps not kept",
            "parameters = update_parameters(",
            "_ = update_parameters(",
            "Your parameters are still those of the start. `update_parameters` returns the new ones; they have to be kept.",
        ),
        Misconception(
            "cost after the step",
            "        cost = compute_cost(AL, Y)\n        grads = L_model_backward(AL, Y, caches)\n"
            "        parameters = update_parameters(parameters, grads, learning_rate)\n",
            "        grads = L_model_backward(AL, Y, caches)\n"
            "        parameters = update_parameters(parameters, grads, learning_rate)\n"
            "        cost = compute_cost(L_model_forward(X, parameters)[0], Y)\n",
            "Your costs do not begin with the cost of the start: they are taken after the step. The cost of an iteration belongs to "
            "the forward pass of this iteration.",
        ),
    ],
    equivalent={
        "def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=True, parameters=None):": "what is printed is not judged",
        "f'iteration {i:5d}   cost {cost:.6f}'": "what is printed is not judged",
    },
)
def L_layer_model(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, settings in [
        ("three layers, 40 steps", [4, 5, 3, 1], 7, (0.05, 40)),
        ("two layers, 202 steps", [3, 4, 1], 6, (0.02, 202)),
        ("a single layer, its defaults", [2, 1], 5, ()),
    ]:
        X, Y = rng.normal(size=(sizes[0], m)), labels(rng, m)
        yield training(rng, label, X, Y, sizes, settings)
    for sizes, m in [([3, 5, 1], 4), ([4, 2, 3, 1], 8)]:
        whole = rng.integers(-2, 3, (sizes[0], m))
        yield case(f"{len(sizes) - 1} layers, a given start, whole numbers", whole, labels(rng, m), sizes, 0.05, 6,
                   parameters=weights(rng, sizes), given=starts(rng), judged={FROM_A_START: "parameters"})  # fmt: skip


@exercise(
    returns=["p"],
    points={"p": 0, "p at exactly 0.5": 0},
    warm_up=True,
    misconceptions=[
        Misconception(
            "probabilities returned",
            "p = (AL > 0.5).astype(int)",
            "p = AL",
            "Your result holds the probabilities themselves. A prediction is a decision: 1 or 0.",
        ),
        Misconception(
            "decision turned round",
            "(AL > 0.5)",
            "(AL < 0.5)",
            "Your result has 0 and 1 exchanged. A probability above 0.5 speaks for class 1.",
        ),
        Misconception(
            "everything above 0",
            "(AL > 0.5)",
            "(AL > 0)",
            "Your result is 1 for every positive probability, and so for all. The border is at 0.5.",
        ),
        Misconception(
            "one half counts as above",
            "(AL > 0.5)",
            "(AL >= 0.5)",
            "Your answer is 1 where the probability is exactly 0.5. It is 1 only where the probability is above 0.5.",
        ),
        Misconception(
            "right answers marked",
            "(AL > 0.5).astype(int)",
            "((AL > 0.5) == y).astype(int)",
            "Your result is 1 where the answer of the network is right. What is asked is the answer itself; the labels y are not needed.",
        ),
    ],
)
def predict(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m in [
        ("three layers, seven examples", [4, 5, 3, 1], 7),
        ("two layers, eight examples", [3, 6, 1], 8),
        ("a single layer", [2, 1], 5),
    ]:
        # The last weights are such that no decision is a close one, and there are both.
        parameters, A = weights(rng, sizes), rng.normal(size=(sizes[0], 60))
        X = A
        last = len(sizes) - 1
        for layer in range(1, last):
            A = np.maximum(parameters[f"W{layer}"] @ A + parameters[f"b{layer}"], 0)
        sums = parameters[f"W{last}"] @ A
        parameters[f"b{last}"] = -np.median(sums).reshape(1, 1)
        order = np.argsort(sums[0])
        chosen = rng.permutation(np.concatenate([order[: m // 2], order[-(m - m // 2) :]]))
        yield case(label, X[:, chosen], labels(rng, m), parameters)
    # Without biases an input of zeros has the sum 0, and the probability one half to the last bit.
    for label, sizes, m in [("a probability of exactly 0.5", [3, 5, 1], 4), ("all exactly 0.5", [5, 1], 3)]:
        parameters = weights(rng, sizes)
        parameters |= {name: np.zeros_like(b) for name, b in parameters.items() if name.startswith("b")}
        whole = rng.integers(1, 4, (sizes[0], m)) * (np.arange(m) % 2) * (m == 4)
        yield case(label, whole, labels(rng, m), parameters, judged={"p at exactly 0.5": "p"})


@exercise(
    returns=["parameters"],
    points={"parameters": 0, "costs, where returned": 0},
    observe=observe_training,
    rtol=1e-5,
    misconceptions=[
        Misconception(
            "learning rate fixed",
            "layers_dims, learning_rate, num_iterations, print_cost, start)",
            "layers_dims, 0.0075, num_iterations, print_cost, start)",
            "Your result is that of the learning rate 0.0075, whatever `learning_rate` says. Pass the argument on.",
        ),
        Misconception(
            "one step too few",
            "layers_dims, learning_rate, num_iterations, print_cost, start)",
            "layers_dims, learning_rate, num_iterations - 1, print_cost, start)",
            "Your result is that of one step less than `num_iterations` says. A loop that begins at 1 ends one too early.",
        ),
    ],
    equivalent={
        "def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=True):": "what is printed is not judged",
    },
)
def two_layer_model(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, settings in [
        ("40 steps", [4, 5, 1], 7, (0.05, 40)),
        ("202 steps", [3, 2, 1], 6, (0.02, 202)),
        ("its defaults", [2, 3, 1], 5, ()),
        ("six steps with whole numbers", [4, 3, 1], 8, (0.05, 6)),
    ]:
        X, Y = rng.normal(size=(sizes[0], m)), labels(rng, m)
        X = np.rint(2 * X).astype(int) if m == 8 else X
        yield training(rng, label, X, Y, sizes, settings)


# ---- another loss


@exercise(
    returns=["cost"],
    points={"cost": 0},
    misconceptions=[
        Misconception(
            "half left out",
            "(2 * m)",
            "m",
            "Yours is exactly twice the expected cost. The factor one half belongs to this cost; it makes the derivative simple.",
        ),
        Misconception(
            "mean over all entries",
            "(2 * m)",
            "(2 * Y.size)",
            "Your cost is divided by the number of all entries. It is a mean over the m examples, which are the columns.",
        ),
        Misconception(
            "sum instead of mean",
            "(2 * m)",
            "2",
            "Yours is m times the expected cost. It is a mean over the m examples.",
        ),
    ],
    equivalent={
        "cost = np.sum((Y - AL) ** 2) / (2 * m)": "the sign is lost by the absolute value or the square",
    },
)
def mse_cost(rng: np.random.Generator) -> Iterator[Case]:
    for label, n, m in [("three outputs", 3, 5), ("one output", 1, 4), ("a single example", 2, 1)]:
        yield case(label, rng.uniform(0.05, 0.95, (n, m)), rng.integers(0, 2, (n, m)))


@exercise(
    returns=["dZ"],
    points={"dZ": 0},
    misconceptions=[
        Misconception(
            "slope left out",
            "dZ = sigmoid_backward(AL - Y, ZL)",
            "dZ = AL - Y",
            "Your result is A - Y, which belongs to the cross-entropy. With the squared error the slope of the sigmoid stays.",
        ),
        Misconception(
            "sign turned",
            "AL - Y",
            "Y - AL",
            "Your result equals the expected one with its sign turned. Check the order of A and Y.",
        ),
        Misconception(
            "mean taken",
            "sigmoid_backward(AL - Y, ZL)",
            "sigmoid_backward(AL - Y, ZL) / Y.shape[1]",
            "Your result is the expected one divided by m. dZ belongs to the sum of the losses.",
        ),
    ],
)
def mse_output_delta(rng: np.random.Generator) -> Iterator[Case]:
    for label, n, m in [("three outputs", 3, 5), ("one output", 1, 4), ("a single example", 2, 1)]:
        ZL = 2 * away_from_zero(rng, n, m)
        yield case(label, sigma(ZL), rng.integers(0, 2, (n, m)), ZL)


LESSON = Lesson(
    "deep_net",
    title="A network of any depth",
    exercises=(
        sigmoid,
        relu,
        initialize_parameters_deep,
        initialize_parameters,
        linear_forward,
        linear_activation_forward,
        L_model_forward,
        compute_cost,
        relu_backward,
        sigmoid_backward,
        linear_backward,
        linear_activation_backward,
        L_model_backward,
        update_parameters,
        L_layer_model,
        predict,
        two_layer_model,
        mse_cost,
        mse_output_delta,
    ),
)
