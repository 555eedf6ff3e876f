"""Lesson 02: one neuron. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.course import Case, Lesson, Misconception, array, case, exercise

from .. import cross_entropy


def neuron(rng: np.random.Generator, n_x: int) -> tuple[np.ndarray, float]:
    """Weights (n_x, 1) and a bias, which is far enough from zero to matter."""
    return rng.normal(size=(n_x, 1)), float(rng.choice([-1, 1]) * rng.uniform(0.7, 1.5))


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """(1, m) of 0 and 1, both present as soon as m > 1."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def examples(rng: np.random.Generator, n_x: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.normal(size=(n_x, m)), labels(rng, m)


@exercise(
    returns=["X"],
    points={"X": 10},
    misconceptions=[
        Misconception(
            "pixels mixed",
            "images.reshape(m, -1).T",
            "images.reshape(-1, m)",
            "The shape is right, but your columns mix pixels of different images. `reshape` reads the array in order, "
            "so first make one row per image; then turn rows into columns.",
        ),
        Misconception(
            "images in rows",
            "images.reshape(m, -1).T",
            "images.reshape(m, -1)",
            "Your result has one image per row. In this course each image is one column.",
        ),
    ],
    equivalent={"X = images.reshape(m, -2).T": "numpy takes any negative size for the one it shall find"},
)
def flatten_images(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [
        ("five images of 4 x 2 pixels, 3 colours", (5, 4, 2, 3)),
        ("seven grey images of 3 x 5 pixels", (7, 3, 5, 1)),
        ("a single image", (1, 2, 5, 3)),
    ]:
        yield case(label, rng.integers(0, 256, size=shape, dtype=np.uint8))
    yield case("pictures between 0 and 1", rng.uniform(size=(6, 2, 4, 3)))


FLOATING = "floating point"


def kind_of_numbers(case: Case, value: Any) -> str:
    """Of numbers that are right, which its case shows: it divides by 1."""
    if not np.array_equal(array(value), case.args[0]):
        return "different numbers"
    return "floating point numbers" if array(value).dtype.kind == "f" else "numbers that are not floating point"


@exercise(
    returns=["X"],
    points={"X": 4, FLOATING: 1},
    properties={FLOATING: kind_of_numbers},
    misconceptions=[
        Misconception(
            "largest pixel",
            "X / max_value",
            "X / X.max()",
            "Your result is X divided by the largest value in X. Divide by `max_value`, the largest value a pixel *can* "
            "have: then training and test images keep one scale.",
        ),
        Misconception(
            "mean and deviation",
            "X / max_value",
            "(X - np.mean(X)) / np.std(X)",
            "Your result is what comes out when the mean is taken away and the rest divided by the standard deviation. The exercise asks for less: every number divided by `max_value`.",
        ),
        Misconception(
            "whole numbers",
            "X / max_value",
            "X // max_value",
            "Your result holds whole numbers only, as from `//`. Here the fractions are wanted.",
        ),
        Misconception(
            "always 255",
            "X / max_value",
            "X / 255",
            "Your result is X divided by 255. The largest value differs from data set to data set: use `max_value`.",
        ),
    ],
)
def standardize(rng: np.random.Generator) -> Iterator[Case]:
    yield case("pixels from 0 to 255", rng.integers(0, 250, size=(6, 4), dtype=np.uint8), 255)
    yield case("pixels from 0 to 16", rng.integers(0, 15, size=(5, 3), dtype=np.uint8), 16)
    yield case("brightness from 0 to 4", 3.5 * rng.random((2, 7)), 4.0)
    yield case("black or white", rng.permutation(np.arange(21) % 2).reshape(3, 7), 1, judged={FLOATING: "X"})


@exercise(
    returns=["w", "b"],
    points={"w": 5, "b": 5},
    misconceptions=[
        Misconception(
            "w without its second axis",
            "np.zeros((dim, 1))",
            "np.zeros(dim)",
            "Your w is a plain row of numbers with shape (dim,). A column has two axes: (dim, 1). "
            "With one axis, `w.T` would be the same as w.",
        ),
        Misconception(
            "w as a row",
            "np.zeros((dim, 1))",
            "np.zeros((1, dim))",
            "Your w is a row. In this course w is a column, one weight under the other.",
        ),
    ],
)
def initialize_with_zeros(rng: np.random.Generator) -> Iterator[Case]:
    yield case("a few inputs", int(rng.integers(2, 9)))
    yield case("many inputs", int(rng.integers(20, 2000)))


@exercise(
    returns=["grads", "cost"],
    points={"cost": 6, cross_entropy.RIGHT: 1, cross_entropy.WRONG: 1, 'grads["dw"]': 6, 'grads["db"]': 6},
    gradients={'grads["dw"]': ("cost", "w"), 'grads["db"]': ("cost", "b")},
    properties=cross_entropy.PROPERTIES,
    ours=cross_entropy.OURS,
    misconceptions=[
        Misconception(
            "logarithm to another base",
            "-np.sum(Y * log_a + (1 - Y) * log_not_a) / m",
            "-np.sum(Y * log_a + (1 - Y) * log_not_a) / m / np.log(10)",
            "Your cost comes from a logarithm to another base, 10 or 2. The natural one is meant, `np.log`: its slope is 1 / A.",
            also=("-np.sum(Y * log_a + (1 - Y) * log_not_a) / m / np.log(2)",),
        ),
        Misconception(
            "labels with all examples",
            "-np.sum(Y * log_a + (1 - Y) * log_not_a) / m",
            "-np.sum(Y.T @ log_a + (1 - Y).T @ log_not_a) / m",
            "Your cost adds up a table of m by m: each label meets the logarithm of every example. They belong together one by one; look for a transpose too many.",
            also=("-np.mean(Y.T @ log_a + (1 - Y).T @ log_not_a)",),
        ),
        Misconception(
            "squared error",
            "-np.sum(Y * log_a + (1 - Y) * log_not_a) / m",
            "np.sum((A - Y) ** 2) / m",
            "Your cost is the mean of the squared errors. The cross-entropy is asked for: of each example the logarithm of the probability that its label has, as a mean, with a minus.",
            also=("np.sum((A - Y) ** 2) / (2 * m)",),
        ),
        Misconception(
            "gradient of the squared error",
            "### END CODE HERE ###",
            "dw, db = X @ ((A - Y) * A * (1 - A)).T / m, np.sum((A - Y) * A * (1 - A)) / m",
            "Your dw and db are the gradients of a squared error, with the slope A(1 - A) of the sigmoid. With the cross-entropy this slope cancels: A - Y is left.",
        ),
        Misconception(
            "dw without the mean",
            "dw = X @ (A - Y).T / m",
            "dw = X @ (A - Y).T",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so its gradient is "
            "a mean too: look at the factor in front of X(A - Y)ᵀ.",
        ),
        Misconception(
            "dw divided by the number of inputs",
            "dw = X @ (A - Y).T / m",
            "dw = X @ (A - Y).T / X.shape[0]",
            "Your dw is divided by n_x, the number of inputs of one example. A mean over the examples is divided by their number, m.",
        ),
        Misconception(
            "db without the mean",
            "db = np.sum(A - Y) / m",
            "db = np.sum(A - Y)",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so its gradient is "
            "a mean too.",
        ),
        Misconception(
            "db divided by the number of inputs",
            "db = np.sum(A - Y) / m",
            "db = np.sum(A - Y) / X.shape[0]",
            "Your db is divided by n_x, the number of inputs of one example. A mean over the examples is divided by their number, m.",
        ),
        Misconception(
            "dw with the sign turned",
            "dw = X @ (A - Y).T / m",
            "dw = X @ (Y - A).T / m",
            "Your result equals the expected one with its sign turned. Check the order of A and Y.",
        ),
        Misconception(
            "db with the sign turned",
            "db = np.sum(A - Y) / m",
            "db = np.sum(Y - A) / m",
            "Your result equals the expected one with its sign turned. Check the order of A and Y.",
        ),
        Misconception(
            "cost without the mean",
            "log_not_a) / m",
            "log_not_a)",
            "Your cost is exactly m times the expected one. The cost is the mean of the m losses, not their sum.",
        ),
        Misconception(
            "cost with the sign turned",
            "cost = -np.sum",
            "cost = np.sum",
            "Your cost is the expected one with its sign turned. The logarithm of a probability is never positive, "
            "and the cost is never negative.",
        ),
        Misconception(
            "label 0 left out",
            "Y * log_a + (1 - Y) * log_not_a",
            "Y * log_a",
            "Your cost is what comes out from the examples with the label 1 alone. The second term is there for the "
            "label 0.",
        ),
        Misconception(
            "labels exchanged",
            "Y * log_a + (1 - Y) * log_not_a",
            "(1 - Y) * log_a + Y * log_not_a",
            "Your cost is what comes out when the two logarithms are exchanged. log(a) belongs to the label 1, log(1 "
            "- a) to the label 0.",
        ),
        Misconception(
            "one minus the logarithm",
            "np.log(np.maximum(1 - A, 2**-54))",
            "1 - np.log(np.maximum(A, 1e-300))",
            "Your cost is what comes out with 1 - log(a) in the place of log(1 - a). Look at what stands inside the "
            "logarithm.",
        ),
        Misconception(
            "one logarithm in both terms",
            "Y * log_a + (1 - Y) * log_not_a",
            "Y * log_a + (1 - Y) * log_a",
            "Your cost is what comes out with log(a) in both terms. The second term belongs to the label 0, whose "
            "probability is 1 - a.",
        ),
        Misconception(
            "sigmoid left out",
            "A = sigmoid(w.T @ X + b)",
            "A = w.T @ X + b",
            "Your result is what comes out when the weighted sum itself is taken for the probability. The sigmoid "
            "turns one into the other.",
        ),
        Misconception(
            "bias left out",
            "w.T @ X + b",
            "w.T @ X",
            "Your result is what comes out without the bias b in the weighted sum.",
        ),
        Misconception(
            "products not added up",
            "w.T @ X + b",
            "w * X + b",
            "Your result is what comes out when w and X are multiplied entry by entry, as `*` does. In wᵀX the "
            "products of one example are added up: that is what `@` does.",
        ),
        Misconception(
            "dw divided by m twice",
            "dw = X @ (A - Y).T / m",
            "dw = X @ (A - Y).T / m / m",
            "Yours is the expected gradient divided by m once more. One mean over the examples is enough.",
        ),
        Misconception(
            "db divided by m twice",
            "db = np.sum(A - Y) / m",
            "db = np.sum(A - Y) / m / m",
            "Yours is the expected gradient divided by m once more. One mean over the examples is enough.",
        ),
        Misconception(
            "dw as a row",
            "dw = X @ (A - Y).T / m",
            "dw = (A - Y) @ X.T / m",
            "Your dw has the right numbers in a row. A gradient has the shape of what it belongs to, and w is a "
            "column.",
        ),
        Misconception(
            "db not added up",
            "db = np.sum(A - Y) / m",
            "db = (A - Y) / m",
            "Your db has one number for each example. The bias is one number, so db is one too: the parts of all "
            "examples are added up.",
        ),
        *cross_entropy.written_out("A"),
    ],
    equivalent=cross_entropy.equivalent("A"),
    # How the logarithm is kept finite is left open; 1e-8 added to a small probability shows in the cost.
    rtol=1e-5,
)
def propagate(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, m in [("five examples", 3, 5), ("more features than examples", 7, 2), ("a single example", 4, 1)]:
        yield case(label, *neuron(rng, n_x), *examples(rng, n_x, m))
    w, b = neuron(rng, 2)
    yield case("labels all 1", w, b, rng.normal(size=(2, 6)), np.ones((1, 6), dtype=int))
    # Whole numbers, as the pixels of a picture are.
    yield case("whole numbers", 0.1 * w, b, rng.integers(-9, 10, size=(2, 8)), labels(rng, 8))
    # Some probabilities round to 0 or 1, each on the side of its label: the cost is finite there, and no matter how.
    X, Y = examples(rng, 2, 6)
    far = np.array([[900.0], [0.5]])
    yield case("very sure, and right", far, 0.0, np.vstack([(2 * Y - 1) * np.array([[1, 1, 0, 1, 1, 0]]), X[1]]), Y,
               judged={cross_entropy.RIGHT: "cost"})  # fmt: skip
    for m in (4, 7):
        X, Y = examples(rng, 2, m)
        yield case(f"{m} examples, very sure and wrong", far, 0.0, np.vstack([1 - 2 * Y, X[1]]), Y,
                   judged={cross_entropy.WRONG: "cost"})  # fmt: skip


@exercise(
    returns=["params", "grads", "costs"],
    points={'params["w"]': 6, 'params["b"]': 4, 'grads["dw"]': 2, 'grads["db"]': 2, "costs": 6},
    misconceptions=[
        Misconception(
            "w climbs",
            'w = w - learning_rate * grads["dw"]',
            'w = w + learning_rate * grads["dw"]',
            "Your w is what comes out when each step follows the gradient. The gradient points uphill, and the cost is to "
            "become smaller.",
        ),
        Misconception(
            "b climbs",
            'b = b - learning_rate * grads["db"]',
            'b = b + learning_rate * grads["db"]',
            "Your b is what comes out when each step follows the gradient. The gradient points uphill, and the cost is to "
            "become smaller.",
        ),
        Misconception(
            "b stays",
            'b = b - learning_rate * grads["db"]',
            "b = b",
            "Your b is what comes out when b never moves from where it started. It takes a step with its own gradient, "
            "just as w does.",
        ),
        Misconception(
            "learning rate left out",
            'w = w - learning_rate * grads["dw"]',
            'w = w - grads["dw"]',
            "Your w is what comes out when each step is the whole gradient. The learning rate says how long a step is.",
        ),
        Misconception(
            "cost of every iteration",
            "if i % 100 == 0:",
            "if True:",
            "Your list has a cost for every iteration. Asked for are those of the iterations 0, 100, 200 and so on.",
        ),
        Misconception(
            "gradient of the start",
            "grads, cost = propagate(w, b, X, Y)",
            "grads, cost = propagate(w, b, X, Y) if i == 0 else (grads, cost)",
            "Your result is what comes out when the gradient is computed once, at the start. It changes when w and b "
            "do: each iteration has its own.",
        ),
        Misconception(
            "b from the new place",
            'w = w - learning_rate * grads["dw"]\n',
            'w = w - learning_rate * grads["dw"]\n        grads, cost = propagate(w, b, X, Y)\n',
            "Your result is what comes out when the gradient is computed again after w has moved, and b takes its step from there. Both take their step from the same place.",
        ),
        Misconception(
            "looked at after the step",
            'b = b - learning_rate * grads["db"]',
            'b = b - learning_rate * grads["db"]\n        grads, cost = propagate(w, b, X, Y)',
            "Your gradients and costs are those after the step. In each iteration they are computed first, at the w and b from which the step is then taken.",
        ),
        Misconception(
            "learning rate fixed",
            "### START CODE HERE ###",
            "learning_rate = 0.5",
            "Your result is that of the learning rate 0.5, whatever `learning_rate` says. Use the argument.",
        ),
    ],
    equivalent={
        "def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=True):": "what is printed is not judged",
        "f'iteration {i:5d}   cost {cost:.6f}'": "what is printed is not judged",
    },
    # As in propagate.
    rtol=1e-5,
)
def optimize(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, m, iterations, rate in [
        ("three steps", 3, 5, 3, 0.4),
        ("one step", 2, 7, 1, 0.1),
        ("205 steps: three costs", 4, 6, 205, 0.05),
        ("100 steps: one cost", 5, 3, 100, 0.2),
    ]:
        yield case(label, *neuron(rng, n_x), *examples(rng, n_x, m), iterations, rate)
    yield case("two steps with whole numbers", *neuron(rng, 3), rng.integers(-2, 3, (3, 8)), labels(rng, 8), 2, 1)
    # All on the right side, so that the cost is about 1e-6 from the start: a step of so large a rate is still a step.
    Y = labels(rng, 9)
    X = (2 * Y - 1) * rng.uniform(12, 16, (2, 9))
    judged = {path: path for path in ('params["w"]', 'params["b"]', 'grads["dw"]', 'grads["db"]')}
    yield case("two steps at a small cost", np.array([[0.5], [0.5]]), 0.0, X, Y, 2, 1e4, judged=judged)


@exercise(
    returns=["Y_prediction"],
    points={"Y_prediction": 13, "answers at exactly 0.5": 2},
    misconceptions=[
        Misconception(
            "probabilities returned",
            "Y_prediction = (A > 0.5).astype(int)",
            "Y_prediction = A",
            "Your result holds the probabilities themselves. A prediction is a decision: 1 or 0.",
        ),
        Misconception(
            "bias left out",
            "A = sigmoid(w.T @ X + b)",
            "A = sigmoid(w.T @ X)",
            "Your result is what comes out without the bias b. The neuron predicts with the same sum that it learned with.",
        ),
        Misconception(
            "sum held against one half",
            "A = sigmoid(w.T @ X + b)",
            "A = w.T @ X + b",
            "Your result is what comes out when the weighted sum itself, not its sigmoid, is held against 0.5.",
        ),
        Misconception(
            "decision turned round",
            "Y_prediction = (A > 0.5).astype(int)",
            "Y_prediction = (A < 0.5).astype(int)",
            "Your result has 0 and 1 exchanged. A probability above 0.5 speaks for class 1.",
        ),
        Misconception(
            "held against zero",
            "(A > 0.5)",
            "(A > 0)",
            "Your result is 1 for every positive probability, and so for all. The border is at 0.5.",
        ),
        Misconception(
            "one half counts as above",
            "(A > 0.5)",
            "(A >= 0.5)",
            "Your answer is 1 where the probability is exactly 0.5. It is 1 only where the probability is above 0.5.",
        ),
        Misconception(
            "one answer only",
            "(A > 0.5).astype(int)",
            "(A > 0.5).astype(int) * (np.arange(A.shape[1]) == 0)",
            "Only your first answer can be 1, all others stay 0. A has one row and a column for each example: an answer is needed for every column.",
        ),
        Misconception(
            "products not added up",
            "w.T @ X + b",
            "w * X + b",
            "Your result is what comes out when w and X are multiplied entry by entry, as `*` does. In wᵀX the "
            "products of one example are added up: that is what `@` does.",
        ),
    ],
)
def predict(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, sums in [
        ("nine examples", 3, [-3, -0.9, -0.4, -0.15, 0.1, 0.25, 0.4, 1.1, 2]),
        ("eight examples of six features", 6, [-1.5, -0.6, -0.3, -0.1, 0.15, 0.35, 0.45, 0.7]),
        ("a single example", 4, [0.3]),
    ]:
        w, b = neuron(rng, n_x)
        # No decision is a close one, and each of the usual slips turns at least one of them round.
        z = rng.permutation(sums) * rng.uniform(0.9, 1.1, len(sums))
        # Whoever keeps one answer alone keeps the first or the last: in each direction a case shows it.
        z[0], z[-1] = abs(z[0]), abs(z[-1])
        X = rng.normal(size=(n_x, len(sums)))
        yield case(label, w, b, X + w * (z - b - w.T @ X) / np.sum(w**2))
    # Probabilities near 0.5 on both sides, and some that round to 0 and 1.
    w, b = neuron(rng, 2)
    z = rng.permutation([0.012, -0.012, 0.004, -0.004, 60, -60, 0.3]) * rng.uniform(0.9, 1.1, 7)
    X = rng.normal(size=(2, 7))
    yield case("close ones and very sure ones", w, b, X + w * (z - b - w.T @ X) / np.sum(w**2))
    # Whole numbers, so that some of the sums are 0 and their probability one half to the last bit.
    half = {"answers at exactly 0.5": "Y_prediction"}
    w = rng.integers(1, 5, size=(2, 1)).astype(float)
    yield case(
        "a probability of exactly 0.5", w, 0.0, np.array([[0, 1, -1], [0, 1, -1]]) * rng.integers(1, 4), judged=half
    )
    yield case("a probability of exactly 0.5, with a bias", w, -float(w[0, 0]), np.array([[1.0], [0.0]]), judged=half)


@exercise(
    returns=["result"],
    points={
        'result["costs"]': 5,
        'result["Y_prediction_test"]': 3,
        'result["Y_prediction_train"]': 3,
        'result["w"]': 4,
        'result["b"]': 2,
        'result["learning_rate"]': 1,
        'result["num_iterations"]': 2,
    },
    misconceptions=[
        Misconception(
            "steps fixed",
            "optimize(w, b, X_train, Y_train, num_iterations,",
            "optimize(w, b, X_train, Y_train, 2000,",
            "Your result is that of 2000 steps, whatever `num_iterations` says. Pass the argument on.",
        ),
        Misconception(
            "learning rate fixed",
            "num_iterations, learning_rate, print_cost",
            "num_iterations, 0.5, print_cost",
            "Your result is that of the learning rate 0.5, whatever `learning_rate` says. Pass the argument on.",
        ),
        Misconception(
            "start predicted",
            'w, b = params["w"], params["b"]',
            "",
            "Your result is what comes from the w and b before training. `optimize` returns the trained ones.",
        ),
        Misconception(
            "test answers of the start",
            "Y_prediction_test = predict(w, b, X_test)",
            "Y_prediction_test = predict(*initialize_with_zeros(X_train.shape[0]), X_test)",
            "Your answers for the test part are those of the untrained neuron: all 0. They need the w and b after training.",
        ),
        Misconception(
            "test predictions of the training set",
            "Y_prediction_test = predict(w, b, X_test)",
            "Y_prediction_test = predict(w, b, X_train)",
            "These are the predictions for the training examples. Look at the names of the two results.",
        ),
    ],
    equivalent={
        "def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=True):": (
            "what is printed is not judged"
        ),
    },
    # As in propagate.
    rtol=1e-5,
)
def model(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, m, m_test, settings in [
        ("130 steps", 3, 8, 5, (130, 0.3)),
        ("210 short steps", 2, 6, 9, (210, 0.02)),
        ("its defaults", 4, 7, 3, ()),
    ]:
        yield case(label, *examples(rng, n_x, m), *examples(rng, n_x, m_test), *settings)
    pictures = (rng.integers(0, 3, (3, m)) for m in (8, 5))
    yield case("six steps with whole numbers", *(part for X in pictures for part in (X, labels(rng, X.shape[1]))), 6, 1)


LESSON = Lesson(
    "logistic_regression",
    title="One neuron",
    exercises=(flatten_images, standardize, initialize_with_zeros, propagate, optimize, predict, model),
)
