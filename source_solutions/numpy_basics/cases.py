"""Lesson 01: arrays before networks. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator

import numpy as np

from grader.course import Case, Lesson, Misconception, case, exercise


def spread(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers from about -4 to 4 of which none is near zero; the first is between -1 and 0, the last between 0 and 1."""
    x = rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.3, 4.0, size=shape)
    x.flat[0], x.flat[-1] = -rng.uniform(0.3, 0.9), rng.uniform(0.3, 0.9)
    return x


def whole(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Whole numbers of both signs, 0 among them."""
    return rng.permutation(np.arange(np.prod(shape)) - 3).reshape(shape)


def far(rng: np.random.Generator) -> np.ndarray:
    """±1000 and beyond, where exp overflows in the usual formula, and one number that is not far."""
    return np.array([[1000.0, -1000.0, rng.uniform(0.5, 2.0)], [-1500.0, 800.0, 1e5]])[:, rng.permutation(3)]


def large_and_small(rng: np.random.Generator) -> np.ndarray:
    return spread(rng, (6,)) * 10.0 ** rng.permutation([-2, -1, 0, 1, 2, 3])


@exercise(
    returns=["image_as_column"],
    points={"image_as_column": 10},
    misconceptions=[
        Misconception(
            "a row",
            "image.reshape(-1, 1)",
            "image.reshape(1, -1)",
            "Your result is a row. A column has one number in each row: its second size is 1, not its first.",
        ),
        Misconception(
            "one axis",
            "image.reshape(-1, 1)",
            "image.reshape(-1)",
            "Your result has one axis only. A column has two: the number of entries, and 1.",
        ),
        Misconception(
            "channel after channel",
            "image.reshape(-1, 1)",
            "image.transpose(2, 0, 1).reshape(-1, 1)",
            "Your result has all of the first channel, then all of the second. In the order of `image.ravel()`, the "
            "channels of one pixel stand together.",
        ),
        Misconception(
            "column after column",
            "image.reshape(-1, 1)",
            'image.reshape(-1, 1, order="F")',
            "Your result has the right shape, and it reads the image in another order: the first index moves fastest. "
            "The order asked for is that of `image.ravel()`, where the last index moves fastest.",
        ),
    ],
    equivalent={
        "image_as_column = image.reshape(-2, 1)": "numpy takes any negative size for the one it shall find",
    },
)
def image2vector(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [
        ("4 x 2 pixels, 3 colours", (4, 2, 3)),
        ("3 x 5 pixels, 2 channels", (3, 5, 2)),
        ("a grey image", (2, 6, 1)),
    ]:
        yield case(label, rng.permutation(256)[: np.prod(shape)].reshape(shape))


@exercise(
    returns=["x_normalized"],
    points={"x_normalized": 13, "very short rows": 1},
    ours=["very short rows"],
    misconceptions=[
        Misconception(
            "divided by the sum",
            "np.linalg.norm(x, axis=1, keepdims=True)",
            "np.sum(x, axis=1, keepdims=True)",
            "Your result is each row divided by the sum of its entries, which gives shares. A row has the length 1 when it is divided by its own length: the root of the sum of its squares.",
        ),
        Misconception(
            "columns",
            "axis=1, keepdims=True",
            "axis=0, keepdims=True",
            "Your result has columns of length 1. Here each *row* gets the length 1: the sum runs along a row.",
        ),
        Misconception(
            "the whole matrix",
            "np.linalg.norm(x, axis=1, keepdims=True)",
            "np.linalg.norm(x)",
            "Your result is x divided by one number, the length of all entries together. Each row has a length of its own.",
        ),
        Misconception(
            "no root",
            "np.linalg.norm(x, axis=1, keepdims=True)",
            "np.sum(x**2, axis=1, keepdims=True)",
            "Your result is each row divided by its sum of squares. The length of a row is the square root of that sum.",
        ),
        Misconception(
            "sum of the entries",
            "np.linalg.norm(x, axis=1, keepdims=True)",
            "np.sum(np.abs(x), axis=1, keepdims=True)",
            "Your result is each row divided by the sum of its absolute values. The length of a row comes from its squares.",
        ),
        Misconception(
            "largest entry",
            "np.linalg.norm(x, axis=1, keepdims=True)",
            "np.max(np.abs(x), axis=1, keepdims=True)",
            "Your result is each row divided by its largest entry. The length of a row comes from all its entries.",
        ),
    ],
)
def normalize_rows(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("two rows", (2, 3)), ("five rows", (5, 4)), ("a single row", (1, 6))]:
        # Lengths far apart, so that one row's length cannot stand for another's.
        yield case(label, spread(rng, shape) * 3.0 ** np.arange(shape[0]).reshape(-1, 1))
    yield case("whole numbers", rng.integers(1, 9, size=(4, 7)))
    # What is added to a length, so that it is never 0, makes such rows too short.
    short = 1e-9 * spread(rng, (3, 5)) * 10.0 ** np.arange(3).reshape(-1, 1)
    yield case("very short rows", short, judged={"very short rows": "x_normalized"})


@exercise(
    returns=["answers"],
    points={"answers": 12, "answers when z is 0": 2},
    misconceptions=[
        Misconception(
            "the sum itself",
            "np.where(z >= 0, 1, -1)",
            "z",
            "Your result is the weighted sum itself. The answer of a perceptron is its sign: 1 or -1.",
        ),
        Misconception(
            "0 and 1",
            "np.where(z >= 0, 1, -1)",
            "np.where(z >= 0, 1, 0)",
            "Your result has 0 where -1 is asked for. This perceptron answers 1 or -1.",
        ),
        Misconception(
            "bias left out",
            "z = w.T @ x + b",
            "z = w.T @ x",
            "Your result is what comes out without the bias b. It moves the border away from the origin.",
        ),
        Misconception(
            "sign turned",
            "np.where(z >= 0, 1, -1)",
            "np.where(z >= 0, -1, 1)",
            "Your result has 1 and -1 exchanged. The answer is 1 where the weighted sum is positive.",
        ),
        Misconception(
            "zero answered with 0",
            "np.where(z >= 0, 1, -1)",
            "np.sign(z)",
            "Your result has 0 where the weighted sum is exactly 0. The answer is 1 or -1 everywhere; on the border it is 1.",
        ),
        Misconception(
            "products not added up",
            "z = w.T @ x + b",
            "z = w * x + b",
            "Your result is what comes out when w and x are multiplied entry by entry, as `*` does. In wᵀx the "
            "products of one example are added up: that is what `@` does.",
        ),
    ],
)
def perceptron(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, sums in [
        ("seven examples", 3, [-2.0, -1.0, -0.4, 0.3, 0.5, 1.2, 2.5]),
        ("four examples of five inputs", 5, [-1.5, -0.3, 0.2, 0.9]),
        ("a single example", 2, [-0.5]),
    ]:
        w = spread(rng, (n_x, 1))
        # Leaving the bias out turns an answer of every case round, and no sum is near zero.
        b = float(-rng.uniform(0.6, 0.9))
        z = np.array(sums) * rng.uniform(0.95, 1.05, len(sums))
        x = rng.normal(size=(n_x, len(sums)))
        yield case(label, x + w * (z - b - w.T @ x) / np.sum(w**2), w, b)
    # Whole numbers, so that two of the sums are zero to the last bit.
    w = rng.integers(1, 5, size=(2, 1)).astype(float)
    x = np.array([[0.0, 1.0, -1.0], [0.0, 1.0, -1.0]]) * rng.integers(1, 4)
    yield case("a sum of exactly 0", x, w, 0.0, judged={"answers when z is 0": "answers"})
    yield case("a sum of exactly 0, with a bias", np.array([[1], [0]]), w.astype(int), -int(w[0, 0]),
               judged={"answers when z is 0": "answers"})  # fmt: skip


@exercise(
    returns=["s"],
    points={"s": 10, "s at ±1000": 4},
    exact=["s"],
    ours=["s at ±1000"],
    misconceptions=[
        Misconception(
            "mirrored",
            "np.where(np.asarray(x) >= 0, 1.0, e)",
            "np.where(np.asarray(x) >= 0, e, 1.0)",
            "Your result is σ(-x) in place of σ(x): it falls where σ rises. Look at the sign in the exponent.",
        ),
        Misconception(
            "without the absolute value",
            "np.exp(-np.abs(x))",
            "np.exp(x)",
            "Your result is right for negative x only. For positive x the form with exp(-x) above and below the "
            "fraction line is wanted.",
        ),
        Misconception(
            "minus below",
            "(1.0 + e)",
            "(1.0 - e)",
            "Your result is what comes out with a minus between 1 and the exponential. In σ there is a plus.",
        ),
        Misconception(
            "tanh",
            "np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)",
            "np.tanh(x)",
            "Your result is tanh(x), which goes from -1 to 1. The sigmoid goes from 0 to 1.",
        ),
    ],
    equivalent={
        "s = np.where(np.asarray(x) > 0, 1.0, e) / (1.0 + e)": "at exactly 0 both sides give one half",
        "s = np.where(x >= 0, 1.0, e) / (1.0 + e)": "the two sides agree at exactly 0, and every case is an array",
    },
)
def sigmoid(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a number", float(rng.uniform(-2.5, -1.0)))
    yield case("seven numbers", np.append(spread(rng, (5,)), rng.uniform(0.2, 0.8, 2) * [1, -1]))
    yield case("three rows", spread(rng, (3, 4)))
    yield case("whole numbers", np.array([-3, 1, 4, -1, 2]) + rng.integers(0, 2) * np.array([-1, 1, 1, -1, 1]))
    yield case("±1000 and beyond", far(rng), judged={"s at ±1000": "s"}, silent=True)
    yield case("1000 alone", int(rng.integers(1000, 2000)), judged={"s at ±1000": "s"}, silent=True)
    yield case("three axes", spread(rng, (2, 4, 3)))


@exercise(
    returns=["ds"],
    points={"ds": 11, "ds at ±1000": 1},
    gradients={"ds": ("sigmoid", "x")},
    exact=["ds"],
    ours=["ds at ±1000"],
    misconceptions=[
        Misconception(
            "x for s",
            "s = sigmoid(x)",
            "s = np.asarray(x)",
            "Your result is x(1 - x). In σ' = σ(1 - σ) it is the *value of the sigmoid* that is multiplied.",
        ),
        Misconception(
            "sigmoid taken twice",
            "s = sigmoid(x)",
            "s = sigmoid(sigmoid(x))",
            "Your slope is that at sigmoid(x). The sigmoid is taken once: s is its value at x, and the slope is s(1 - s).",
        ),
        Misconception(
            "plus",
            "s * (1 - s)",
            "s * (1 + s)",
            "Your result is σ(1 + σ). Look at the sign in the second factor.",
        ),
        Misconception(
            "one minus s only",
            "s * (1 - s)",
            "1 - s",
            "Your result is 1 - σ. That is one of the two factors of the derivative.",
        ),
        Misconception(
            "sign turned",
            "s * (1 - s)",
            "s * (s - 1)",
            "Your result equals the expected one with its sign turned. The sigmoid rises everywhere, so its derivative "
            "is positive.",
        ),
        Misconception(
            "that of tanh",
            "s * (1 - s)",
            "1 - s**2",
            "Your result is 1 - σ². That form is the derivative of tanh, written with the value of tanh.",
        ),
    ],
)
def sigmoid_derivative(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a number", float(rng.uniform(0.5, 2.0)))
    yield case("six numbers", spread(rng, (6,)))
    yield case("four rows", spread(rng, (4, 3)))
    yield case("whole numbers", whole(rng, 8))
    yield case("three axes", spread(rng, (3, 2, 4)))
    yield case("±1000 and beyond", far(rng), judged={"ds at ±1000": "ds"})


@exercise(
    returns=["a"],
    points={"a": 8},
    exact=["a"],
    misconceptions=[
        Misconception(
            "absolute value",
            "np.maximum(0, x)",
            "np.abs(x)",
            "Your result is the absolute value of x. Relu is zero where x is negative.",
        ),
        Misconception(
            "below zero",
            "np.maximum(0, x)",
            "np.minimum(0, x)",
            "Your result keeps the negative numbers and cuts off the positive ones. Relu does the reverse.",
        ),
        Misconception(
            "step",
            "np.maximum(0, x)",
            "np.where(np.asarray(x) > 0, 1.0, 0.0)",
            "Your result is 1 where x is positive. There relu is x itself; the 1 is its slope.",
        ),
        Misconception(
            "largest of all",
            "np.maximum(0, x)",
            "np.full(np.shape(x), np.max(x))",
            "Every entry of your result is the largest entry of x. Each entry is to be compared with 0 on its own.",
            also=("max(0, np.max(x))",),
        ),
    ],
    equivalent={
        "a = np.maximum(x, 0)": "the larger of two numbers, whichever comes first",
    },
)
def relu(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a number", float(rng.uniform(-3.0, -1.0)))
    yield case("eight numbers", spread(rng, (8,)))
    x = spread(rng, (2, 5))
    x[1, 2] = 0.0
    yield case("two rows, with a zero", x)
    yield case("whole numbers", whole(rng, 3, 4))
    yield case("three axes", spread(rng, (4, 2, 3)))
    yield case("large and small numbers", large_and_small(rng))


@exercise(
    returns=["probabilities"],
    points={"probabilities": 12, "probabilities of large numbers": 4},
    ours=["probabilities of large numbers"],
    misconceptions=[
        Misconception(
            "down the columns",
            "np.max(x, axis=1, keepdims=True))\n    probabilities = e / np.sum(e, axis=1, keepdims=True)",
            "np.max(x, axis=1, keepdims=True))\n    probabilities = e / np.sum(e, axis=0, keepdims=True)",
            "Your result is what comes out when the sum runs down the columns. Here one example is one row: each row has "
            "the sum 1.",
            also=("np.max(x, axis=0, keepdims=True))\n    probabilities = e / np.sum(e, axis=0, keepdims=True)",),
        ),
        Misconception(
            "the whole matrix",
            "np.sum(e, axis=1, keepdims=True)",
            "np.sum(e)",
            "Your result is what comes out when the exponentials of all rows are added together. Each row has a sum of "
            "its own.",
        ),
        Misconception(
            "not divided",
            "e / np.sum(e, axis=1, keepdims=True)",
            "e",
            "Your result holds the exponentials before the division. Probabilities of one row add up to 1.",
        ),
        Misconception(
            "no exponential",
            "e / np.sum(e, axis=1, keepdims=True)",
            "x / np.sum(x, axis=1, keepdims=True)",
            "Your result is each row divided by its sum, without the exponential. With negative numbers in the row, that "
            "gives no probabilities.",
        ),
    ],
)
def softmax(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("three rows", (3, 4)), ("four rows", (4, 2)), ("a single row", (1, 3))]:
        yield case(label, spread(rng, shape) / 2 + rng.choice([-1, 1]) * rng.uniform(0.5, 1.0))
    yield case("whole numbers", whole(rng, 5, 2))
    # Rows a thousand apart: what is taken away from a row must come from that row.
    x = rng.uniform(-2, 2, size=(3, 5)) + np.array([[1000.0], [-1000.0], [0.0]])
    yield case(
        "rows near 1000, -1000 and 0", x, judged={"probabilities of large numbers": "probabilities"}, silent=True
    )
    x = np.array([[1000.0, 998.5, 700.0, 999.0, -4000.0], [-400.0, -900.0, -401.0, -402.5, -9000.0]])
    x += rng.integers(0, 50)
    yield case("far apart in one row", x, judged={"probabilities of large numbers": "probabilities"}, silent=True)


def answers(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """(m,) answers and truths; the errors are of both signs as soon as m > 1, none is 0 or 1, and they do not cancel."""
    error = rng.uniform(0.15, 0.45, m) + 0.1 * (np.arange(m) == 0)
    error[1::2] *= -0.8
    y = (rng.permutation(m) % 2).astype(float)
    return y + rng.permutation(error), y


@exercise(
    returns=["loss"],
    points={"loss": 6},
    misconceptions=[
        Misconception(
            "errors cancel",
            "np.sum(np.abs(y - yhat))",
            "np.sum(y - yhat)",
            "Your result is the sum of the errors with their signs, where a positive and a negative error cancel. Each "
            "error counts with its absolute value.",
            also=("np.abs(np.sum(y - yhat))",),
        ),
        Misconception(
            "a mean",
            "np.sum(np.abs(y - yhat))",
            "np.mean(np.abs(y - yhat))",
            "Your result is the expected one divided by the number of examples. This loss is a sum, not a mean.",
        ),
        Misconception(
            "squares",
            "np.sum(np.abs(y - yhat))",
            "np.sum((y - yhat) ** 2)",
            "Your result is the sum of the squared errors, which is L2. L1 adds the absolute values.",
        ),
        Misconception(
            "not added",
            "np.sum(np.abs(y - yhat))",
            "np.abs(y - yhat)",
            "Your result is the error of each example. The loss is one number: their sum.",
        ),
    ],
    equivalent={
        "loss = np.sum(np.abs(yhat - y))": "the sign is lost by the absolute value or the square",
    },
)
def L1(rng: np.random.Generator) -> Iterator[Case]:
    for label, m in [("five examples", 5), ("eight examples", 8), ("a single example", 1)]:
        yield case(label, *answers(rng, m))
    yield case("whole numbers", whole(rng, 7), rng.integers(0, 2, 7))


@exercise(
    returns=["loss"],
    points={"loss": 6},
    misconceptions=[
        Misconception(
            "a root",
            "np.sum((y - yhat) ** 2)",
            "np.sqrt(np.sum((y - yhat) ** 2))",
            "Your result is the square root of the expected one. This loss is the sum of squares itself.",
        ),
        Misconception(
            "a mean",
            "np.sum((y - yhat) ** 2)",
            "np.mean((y - yhat) ** 2)",
            "Your result is the expected one divided by the number of examples. This loss is a sum, not a mean.",
        ),
        Misconception(
            "absolute values",
            "np.sum((y - yhat) ** 2)",
            "np.sum(np.abs(y - yhat))",
            "Your result is the sum of the absolute errors, which is L1. L2 adds the squares.",
        ),
        Misconception(
            "square of the sum",
            "np.sum((y - yhat) ** 2)",
            "np.sum(y - yhat) ** 2",
            "Your result is the square of the summed errors. Square each error first, then add.",
        ),
    ],
    equivalent={
        "loss = np.sum((yhat - y) ** 2)": "the sign is lost by the absolute value or the square",
    },
)
def L2(rng: np.random.Generator) -> Iterator[Case]:
    for label, m in [("six examples", 6), ("nine examples", 9), ("a single example", 1)]:
        yield case(label, *answers(rng, m))
    yield case("whole numbers", whole(rng, 7), rng.integers(0, 2, 7))


@exercise(
    returns=["t"],
    points={"t": 0, "t at ±1000": 0},
    exact=["t"],
    ours=["t at ±1000"],
    misconceptions=[
        Misconception(
            "x not doubled",
            "2 * sigmoid(2 * x) - 1",
            "2 * sigmoid(x) - 1",
            "Your result is 2σ(x) - 1, which is tanh(x/2). It has the right shape of curve, and half of its steepness.",
        ),
        Misconception(
            "not stretched",
            "2 * sigmoid(2 * x) - 1",
            "sigmoid(2 * x)",
            "Your result lies between 0 and 1. tanh goes from -1 to 1: stretch the sigmoid and move it down.",
        ),
        Misconception(
            "stretched, not moved",
            "2 * sigmoid(2 * x) - 1",
            "2 * sigmoid(2 * x)",
            "Your result lies between 0 and 2. tanh(0) is 0, so the curve has to move down.",
        ),
    ],
)
def tanh_from_sigmoid(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a number", float(rng.uniform(0.4, 1.5)))
    yield case("six numbers", spread(rng, (6,)))
    yield case("four rows", spread(rng, (4, 3)))
    yield case("whole numbers", whole(rng, 7))
    yield case("three axes", spread(rng, (2, 3, 4)))
    yield case("±1000 and beyond", far(rng), judged={"t at ±1000": "t"})


@exercise(
    returns=["a"],
    points={"a": 0},
    exact=["a"],
    misconceptions=[
        Misconception(
            "slope fixed",
            "x, slope * x)",
            "x, 0.01 * x)",
            "Your result is that of slope 0.01, whatever `slope` says. Use the argument.",
        ),
        Misconception(
            "slope on both sides",
            "np.where(np.asarray(x) > 0, x, slope * x)",
            "slope * x",
            "Your result is slope · x everywhere. Above zero x stays as it is.",
        ),
        Misconception(
            "sign lost below zero",
            "slope * x)",
            "slope * np.abs(x))",
            "Your result has no negative entry: below zero it is slope · |x|. The sign stays: it is slope · x.",
        ),
        Misconception(
            "wrong side",
            "np.where(np.asarray(x) > 0, x, slope * x)",
            "np.where(np.asarray(x) < 0, x, slope * x)",
            "Your result makes the positive numbers small and keeps the negative ones. It is the other way round.",
        ),
        Misconception(
            "plain relu",
            "x, slope * x)",
            "x, 0 * x)",
            "Your result is relu: zero below zero. The leaky one lets a small share of the negative numbers through.",
        ),
    ],
    equivalent={
        "a = np.where(np.asarray(x) >= 0, x, slope * x)": "the two sides agree at exactly 0, and every case is an array",
        "a = np.where(x > 0, x, slope * x)": "the two sides agree at exactly 0, and every case is an array",
    },
)
def leaky_relu(rng: np.random.Generator) -> Iterator[Case]:
    yield case("its default", spread(rng, (5,)))
    yield case("slope 0.2", spread(rng, (3, 4)), 0.2)
    yield case("another slope", spread(rng, (2, 6)), float(rng.uniform(0.05, 0.15)))
    yield case("a number", float(rng.uniform(-3.0, -1.0)), float(rng.uniform(0.25, 0.4)))
    yield case("whole numbers", whole(rng, 7), 0.15)
    yield case("three axes, slope 0", spread(rng, (3, 2, 4)), 0)
    yield case("large and small numbers, slope 1", large_and_small(rng), 1)


@exercise(
    returns=["a"],
    points={"a": 0},
    exact=["a"],
    misconceptions=[
        Misconception(
            "plain relu",
            "np.abs(x)",
            "np.maximum(0, x)",
            "Your result is relu: zero below zero. This function has the slope -1 there.",
        ),
        Misconception(
            "negative everywhere",
            "np.abs(x)",
            "-np.abs(x)",
            "Your result equals the expected one with its sign turned. The function is never negative.",
        ),
        Misconception(
            "nothing done",
            "np.abs(x)",
            "x",
            "Your result is x itself. Below zero the slope is -1, so a negative x gives a positive result.",
        ),
    ],
)
def absolute_rectifier(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a number", float(rng.uniform(-3.0, -1.0)))
    yield case("seven numbers", spread(rng, (7,)))
    yield case("two rows", spread(rng, (2, 5)))
    yield case("whole numbers", whole(rng, 8))
    yield case("three axes", spread(rng, (4, 3, 2)))
    yield case("large and small numbers", large_and_small(rng))


LESSON = Lesson(
    "numpy_basics",
    title="Arrays before networks",
    exercises=(
        image2vector,
        normalize_rows,
        perceptron,
        sigmoid,
        sigmoid_derivative,
        relu,
        tanh_from_sigmoid,
        leaky_relu,
        absolute_rectifier,
        softmax,
        L1,
        L2,
    ),
)
