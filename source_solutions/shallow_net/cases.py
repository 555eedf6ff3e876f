"""Lesson 03: one hidden layer. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, array, case, exercise

from .. import cross_entropy

Arrays = dict[str, np.ndarray]

# The lines around every solution: an edit in their place acts on all of its lines at once.
BEFORE_ALL = "### START CODE HERE ###"
AFTER_ALL = "### END CODE HERE ###"


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them small."""
    return rng.choice([-1, 1], shape) * rng.uniform(0.4, 1.4, shape)


def network(rng: np.random.Generator, n_x: int, n_h: int, n_y: int = 1) -> Arrays:
    """Weights and biases that all matter."""
    return {
        "W1": rng.normal(size=(n_h, n_x)),
        "b1": away_from_zero(rng, n_h, 1),
        "W2": away_from_zero(rng, n_y, n_h),
        "b2": away_from_zero(rng, n_y, 1),
    }


def labels(rng: np.random.Generator, m: int) -> np.ndarray:
    """(1, m) of 0 and 1, both present as soon as m > 1."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


@exercise(
    returns=["n_x", "n_h", "n_y"],
    points={"n_x": 2, "n_h": 1, "n_y": 2},
    misconceptions=[
        Misconception(
            "examples counted as inputs",
            "n_x = X.shape[0]",
            "n_x = X.shape[1]",
            "Your n_x is the number of examples. X has one example in each column, so its inputs are counted by the "
            "other axis.",
        ),
        Misconception(
            "examples counted as outputs",
            "n_y = Y.shape[0]",
            "n_y = Y.shape[1]",
            "Your n_y is the number of examples. Y has one example in each column, as X has.",
        ),
        Misconception(
            "one output always",
            "n_y = Y.shape[0]",
            "n_y = 1",
            "Your n_y is 1 for every Y. It is the number of rows of Y, which may be larger.",
        ),
        Misconception(
            "one output for each label",
            "n_y = Y.shape[0]",
            "n_y = len(np.unique(Y))",
            "Your n_y counts how many different labels there are. The outputs are counted by the rows of Y.",
        ),
    ],
)
def layer_sizes(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_y, m in [("one output", 5, 1, 3), ("two outputs", 3, 2, 6), ("a single example", 6, 3, 1)]:
        yield case(label, rng.integers(-4, 5, (n_x, m)), rng.integers(0, 2, (n_y, m)))


def first_parameters(_case: Case, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What must hold for parameters that are drawn, whatever generator draws them."""
    arrays = {name: array(parameters[name]).astype(float) for name in ("W1", "b1", "W2", "b2")}
    weights = [arrays["W1"], arrays["W2"]]
    held: dict[str, Any] = {
        "shapes": ", ".join(f"{name} {array.shape}" for name, array in arrays.items()),
        "biases are zero": filling(arrays["b1"], arrays["b2"]),
    }
    if min(w.size for w in weights) < 1000:
        return held
    return held | {
        "spread of the weights": np.array([near(w.std(), 0.01) for w in weights]),
        "normal distribution around 0": [distribution(w) for w in weights],
    }


def filling(*arrays: np.ndarray) -> str:
    """What stands in the arrays, in words."""
    numbers = np.concatenate([array.ravel() for array in arrays])
    if not numbers.any():
        return "all zero"
    return "one number everywhere" if (numbers == numbers[0]).all() else "different numbers"


def near(found: float, expected: float) -> float:
    """`found` in steps of 15 %, counted from `expected`: equal to it where they differ by less than 7 %.

    Sixteen steps are a factor of ten: what is wrong by powers of ten is in the middle of a step, whatever was drawn.
    """
    if found < 1e-9 * expected:
        return 0.0
    return float(expected * 10 ** (np.round(16 * np.log10(found / expected)) / 16))


def distribution(w: np.ndarray) -> list[str]:
    """How so many numbers are spread, and around what, in words; each bound is over six standard errors wide."""
    if not w.any():
        # Judged by its spread.
        return ["normal numbers", "around 0"]
    inner, outer = (np.mean(np.abs(w - w.mean()) > limit * w.std()) for limit in (1, 2))
    kind = "numbers of another kind"
    # Numbers in single precision meet now and then.
    if np.unique(w).size > 0.9 * w.size:
        if 0.27 < inner < 0.37 and 0.02 < outer < 0.075:
            kind = "normal numbers"
        elif 0.37 <= inner < 0.47 and outer < 0.01:
            kind = "evenly spread numbers"
    return [kind, "around 0" if abs(w.mean()) < 0.1 * w.std() else "around another number"]


@exercise(
    returns=["parameters"],
    points={"shapes": 4, "biases are zero": 2, "spread of the weights": 3, "normal distribution around 0": 1},
    observe=first_parameters,
    misconceptions=[
        Misconception(
            "weights not made small",
            AFTER_ALL,
            "W1, W2 = np.random.randn(n_h, n_x), np.random.randn(n_y, n_h)",
            "The spread of your weights is about 1, not 0.01. Large first weights put the hidden units where tanh is flat. "
            "Look at the factor behind both weight matrices.",
        ),
        Misconception(
            "W2 not made small",
            "np.random.randn(n_y, n_h) * 0.01",
            "np.random.randn(n_y, n_h)",
            "The spread of your W2 is about 1, not 0.01. Both weight matrices have the same factor.",
        ),
        Misconception(
            "uniform numbers",
            AFTER_ALL,
            "W1, W2 = np.random.rand(n_h, n_x) * 0.01, np.random.rand(n_y, n_h) * 0.01",
            "Your weights look like uniform numbers between 0 and 0.01. Numbers of the normal distribution are asked "
            "for, negative ones too: the two functions differ in one letter.",
        ),
        Misconception(
            "weights zero",
            AFTER_ALL,
            "W1, W2 = np.zeros((n_h, n_x)), np.zeros((n_y, n_h))",
            "Your weights are all zero. Hidden units that start equal stay equal.",
        ),
        Misconception(
            "weights transposed",
            AFTER_ALL,
            "W1, W2 = W1.T, W2.T",
            "Your weight matrices have one column for each unit. In this course each unit is one row, with one weight for "
            "each of its inputs.",
        ),
        Misconception(
            "biases without their second axis",
            AFTER_ALL,
            "b1, b2 = np.zeros(n_h), np.zeros(n_y)",
            "Your biases have one axis. A column has two: (n_h, 1). Without the second one, broadcasting adds it along "
            "the wrong axis.",
        ),
        Misconception(
            "biases random",
            AFTER_ALL,
            "b1, b2 = np.random.randn(n_h, 1) * 0.01, np.random.randn(n_y, 1) * 0.01",
            "Your biases are not zero. The random weights already make the units different, so the biases start at zero.",
        ),
        Misconception(
            "divided by the factor",
            "### END CODE HERE ###",
            "W1, W2 = W1 / 0.01**2, W2 / 0.01**2",
            "The spread of your weights is 100. Multiplied by 0.01 they are small; divided by it they are large.",
        ),
    ],
)
def initialize_parameters(rng: np.random.Generator) -> Iterator[Case]:
    yield case("three inputs, five hidden units, two outputs", 3, 5, 2)
    for label in ("a large network", "another large network"):
        yield case(label, *(int(n) for n in np.array([75, 82, 91]) + rng.integers(-3, 4, 3)))


@exercise(
    returns=["A2", "cache"],
    points={"A2": 7, "A2 of two outputs": 2, 'cache["Z1"]': 2, 'cache["A1"]': 2, 'cache["Z2"]': 1, 'cache["A2"]': 1},
    ours=["A2 of two outputs"],
    misconceptions=[
        Misconception(
            "sigmoid in the hidden layer",
            "A1 = np.tanh(Z1)",
            "A1 = sigmoid(Z1)",
            "Your result is what comes out when the hidden units use the sigmoid. In this lesson they use tanh; only the "
            "output is a probability.",
        ),
        Misconception(
            "relu in the hidden layer",
            "A1 = np.tanh(Z1)",
            "A1 = np.maximum(0, Z1)",
            "Your result is what comes out when the hidden units use relu. In this lesson they use tanh.",
        ),
        Misconception(
            "tanh at the output",
            "A2 = sigmoid(Z2)",
            "A2 = np.tanh(Z2)",
            "Your result is what comes out when the output unit uses tanh, which also gives negative numbers. The output "
            "is a probability.",
        ),
        Misconception(
            "hidden layer linear",
            "Z2 = W2 @ A1 + b2",
            "Z2 = W2 @ Z1 + b2",
            "Your result is what comes out when the output unit gets the sums Z1 of the hidden units. It gets their "
            "values, after tanh.",
        ),
        Misconception(
            "b1 left out",
            "Z1 = W1 @ X + b1",
            "Z1 = W1 @ X",
            "Your result is what comes out without the biases of the hidden units.",
        ),
        Misconception(
            "b2 left out",
            "Z2 = W2 @ A1 + b2",
            "Z2 = W2 @ A1",
            "Your result is what comes out without the bias of the output unit.",
        ),
        Misconception(
            "biases added after Z",
            "Z1 = W1 @ X + b1\n    A1 = np.tanh(Z1)\n    Z2 = W2 @ A1 + b2\n    A2 = sigmoid(Z2)",
            "Z1 = W1 @ X\n    A1 = np.tanh(Z1 + b1)\n    Z2 = W2 @ A1\n    A2 = sigmoid(Z2 + b2)",
            "Your Z1 and Z2 lack their biases, though A1 and A2 have them. Z is the whole sum, the bias included.",
        ),
        Misconception(
            "sigmoid left out",
            "A2 = sigmoid(Z2)",
            "A2 = Z2",
            "Your A2 is Z2 itself. The sigmoid makes a probability of it.",
        ),
    ],
)
def forward_propagation(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_h, n_y, m in [
        ("five examples", 3, 4, 1, 5),
        ("seven examples, two hidden units", 5, 2, 1, 7),
        ("a single example", 2, 6, 1, 1),
    ]:
        yield case(label, rng.normal(size=(n_x, m)), network(rng, n_x, n_h, n_y))
    yield case("whole numbers", rng.integers(-2, 3, (4, 8)), network(rng, 4, 3))
    for label, n_x, n_h, m in [("two outputs", 4, 3, 6), ("two outputs, a single example", 3, 5, 1)]:
        yield case(label, rng.normal(size=(n_x, m)), network(rng, n_x, n_h, 2), judged={"A2 of two outputs": "A2"})


@exercise(
    returns=["cost"],
    points={"cost": 8, cross_entropy.RIGHT: 1, cross_entropy.WRONG: 1},
    properties=cross_entropy.PROPERTIES,
    ours=cross_entropy.OURS,
    misconceptions=[
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
            "np.sum((A2 - Y) ** 2) / m",
            "Your cost is the mean of the squared errors. The cross-entropy is asked for: of each example the logarithm of the probability that its label has, as a mean, with a minus.",
            also=("np.sum((A2 - Y) ** 2) / (2 * m)",),
        ),
        Misconception(
            "sum in place of mean",
            "log_not_a) / m",
            "log_not_a)",
            "Yours is exactly m times the expected cost. The cost is the mean over the m examples.",
        ),
        Misconception(
            "sign turned",
            "cost = -np.sum",
            "cost = np.sum",
            "Your result equals the expected one with its sign turned. Logarithms of probabilities are negative, and a "
            "cost is to be positive.",
        ),
        Misconception(
            "label 0 left out",
            "Y * log_a + (1 - Y) * log_not_a",
            "Y * log_a",
            "Your result counts the examples with label 1 only. The other ones cost as well: look at the second term.",
        ),
        Misconception(
            "labels exchanged",
            "Y * log_a + (1 - Y) * log_not_a",
            "(1 - Y) * log_a + Y * log_not_a",
            "Your result is what comes out when the two logarithms are exchanged. For label 1, the logarithm of the "
            "probability itself counts.",
        ),
        Misconception(
            "one minus the logarithm",
            "np.log(np.maximum(1 - A2, 2**-54))",
            "1 - np.log(np.maximum(A2, 1e-300))",
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
            "mean taken twice",
            "log_not_a) / m",
            "log_not_a) / m / m",
            "Your cost is the expected one divided by m once more. One mean over the examples is enough.",
        ),
        *cross_entropy.written_out("A2"),
    ],
    equivalent=cross_entropy.equivalent("A2"),
    # How the logarithm is kept finite is left open; 1e-8 added to a small probability shows in the cost.
    rtol=1e-5,
)
def compute_cost(rng: np.random.Generator) -> Iterator[Case]:
    for label, m in [("five examples", 5), ("eight examples", 8), ("a single example", 1)]:
        # Unlike their complements, so that an exchange of the two terms shows.
        yield case(label, rng.uniform(0.1, 0.4, (1, m)), labels(rng, m))
    yield case("labels all 1", rng.uniform(0.55, 0.9, (1, 4)), np.ones((1, 4), dtype=int))
    # Some probabilities have rounded to 0 or 1, each on the side of its label: the cost is finite there.
    Y = labels(rng, 7)
    Y[0, 1:3] = 1, 0
    sure = np.arange(7) % 3 > 0
    A2 = np.where(sure, Y.astype(float), rng.uniform(0.2, 0.8, (1, 7)))
    yield case("very sure, and right", A2, Y, judged={cross_entropy.RIGHT: "cost"})
    yield from cross_entropy.sure_and_wrong(rng)


def remembered(parameters: Arrays, X: np.ndarray) -> Arrays:
    """The cache of the forward pass."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    return {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": 1 / (1 + np.exp(-Z2))}


@exercise(
    returns=["grads"],
    points={'grads["dW1"]': 8, 'grads["db1"]': 6, 'grads["dW2"]': 6, 'grads["db2"]': 5},
    misconceptions=[
        Misconception(
            "square as a matrix product",
            "(1 - A1**2)",
            "(1 - A1.T @ A1)",
            "The slope of tanh has the square of each entry of A1: 1 - A1 * A1, entry by entry. A matrix product of A1 with itself is a table of another size.",
            also=(
                "(1 - A1 @ A1)",
                "(1 - A1 @ A1.T)",
            ),
        ),
        Misconception(
            "gradient of the squared error",
            "dZ2 = A2 - Y",
            "dZ2 = (A2 - Y) * A2 * (1 - A2)",
            "Your gradients are those of a squared error, with the slope A2(1 - A2) of the sigmoid in dZ2. With the cross-entropy this slope cancels: A2 - Y is left.",
        ),
        Misconception(
            "sign turned",
            "dZ2 = A2 - Y",
            "dZ2 = Y - A2",
            "Your result equals the expected one with its sign turned. Check the order of A2 and Y: what the network said, "
            "minus what is true.",
        ),
        Misconception(
            "mean taken twice",
            "dZ2 = A2 - Y",
            "dZ2 = (A2 - Y) / m",
            "Yours is the expected gradient divided by m once more. In this course dZ has no factor 1/m; it stands in dW "
            "and db only.",
        ),
        Misconception(
            "dW1 without the mean",
            "dW1 = dZ1 @ X.T / m",
            "dW1 = dZ1 @ X.T",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so its gradient is a "
            "mean too.",
        ),
        Misconception(
            "dW2 without the mean",
            "dW2 = dZ2 @ A1.T / m",
            "dW2 = dZ2 @ A1.T",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so its gradient is a "
            "mean too.",
        ),
        Misconception(
            "slope of tanh left out",
            "(W2.T @ dZ2) * (1 - A1**2)",
            "W2.T @ dZ2",
            "Your result is what comes out when the slope of tanh is left out. The blame that arrives at A1 still has to "
            "pass through tanh.",
        ),
        Misconception(
            "slope of the sigmoid",
            "(1 - A1**2)",
            "(A1 * (1 - A1))",
            "Your result is what comes out with a(1 - a), the slope of the sigmoid. The hidden units use tanh, which has "
            "another slope.",
        ),
        Misconception(
            "tanh taken twice",
            "(1 - A1**2)",
            "(1 - np.tanh(A1) ** 2)",
            "Your result is what comes out when tanh is taken of A1 once more for the slope. A1 is the tanh already: its slope is 1 - A1².",
        ),
        Misconception(
            "slope without the square",
            "(1 - A1**2)",
            "(1 - A1)",
            "Your result is what comes out with 1 - a in place of the slope of tanh. Look at Step 3: something is squared.",
        ),
        Misconception(
            "db1 added over all units",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1 = np.sum(dZ1) / m",
            "Your db1 is a single number: the sum ran over the units too. Each hidden unit keeps its own number, so only "
            "the examples are added.",
        ),
        Misconception(
            "db1 without its second axis",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1 = np.sum(dZ1, axis=1) / m",
            "The numbers of your db1 are right, but it has one axis, (n_h,). A gradient has the shape of the thing itself: "
            "(n_h, 1).",
        ),
        Misconception(
            "dW1 as the hidden layer's outputs",
            "dW1 = dZ1 @ X.T / m",
            "dW1 = dZ1 @ A1.T / m",
            "Your dW1 is what comes out with A1 as the input of the hidden layer. The input of the first layer is X.",
        ),
        Misconception(
            "db1 without the mean",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1 = np.sum(dZ1, axis=1, keepdims=True)",
            "Your db1 is exactly m times the expected one. The cost is a mean over the m examples, so its gradient is"
            " a mean too.",
        ),
        Misconception(
            "db2 without the mean",
            "db2 = np.sum(dZ2, axis=1, keepdims=True) / m",
            "db2 = np.sum(dZ2, axis=1, keepdims=True)",
            "Your db2 is exactly m times the expected one. The cost is a mean over the m examples, so its gradient is"
            " a mean too.",
        ),
        Misconception(
            "dW1 transposed",
            "dW1 = dZ1 @ X.T / m",
            "dW1 = X @ dZ1.T / m",
            "Your dW1 has rows and columns exchanged. It has the shape of W1: one row for each hidden unit.",
        ),
        Misconception(
            "dW2 transposed",
            "dW2 = dZ2 @ A1.T / m",
            "dW2 = A1 @ dZ2.T / m",
            "Your dW2 has rows and columns exchanged. It has the shape of W2: one row for each output.",
        ),
        Misconception(
            "slope from Z1",
            "(1 - A1**2)",
            '(1 - cache["Z1"] ** 2)',
            "Your result is what comes out with Z1 in the slope of tanh. The form 1 - a² takes the value of tanh, "
            "which is A1.",
        ),
    ],
    equivalent={
        "db2 = np.sum(dZ2, keepdims=True) / m": "with a single unit, one number in any form",
        "db2 = np.sum(dZ2, axis=1) / m": "with a single unit, one number in any form",
        "dZ1 = W2.T * dZ2 * (1 - A1 ** 2)": "with a single unit behind, broadcasting makes the same product",
        "db2 = np.sum(dZ2, axis=1, keepdims=False) / m": "with a single unit, one number in any form",
    },
)
def backward_propagation(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_h, m in [("five examples", 3, 4, 5), ("seven examples", 5, 2, 7), ("a single example", 2, 4, 1)]:
        parameters, X = network(rng, n_x, n_h), rng.normal(size=(n_x, m))
        yield case(label, parameters, remembered(parameters, X), X, labels(rng, m))
    parameters, whole = network(rng, 3, 2), rng.integers(-2, 3, (3, 8))
    yield case("whole numbers", parameters, remembered(parameters, whole), whole, labels(rng, 8))
    parameters, X = network(rng, 4, 3), rng.normal(size=(4, 6))
    yield case("labels all 1", parameters, remembered(parameters, X), X, np.ones((1, 6), dtype=int))


@exercise(
    returns=["parameters"],
    points={'parameters["W1"]': 3, 'parameters["b1"]': 2, 'parameters["W2"]': 3, 'parameters["b2"]': 2},
    misconceptions=[
        Misconception(
            "uphill",
            BEFORE_ALL,
            "learning_rate = -learning_rate",
            "Your result is what comes out when the step follows the gradient. The gradient points uphill, and the cost "
            "is to become smaller.",
        ),
        Misconception(
            "learning rate left out",
            BEFORE_ALL,
            "learning_rate = 1",
            "Your result is what comes out when the step is the whole gradient. The learning rate says how long a step is.",
        ),
        Misconception(
            "learning rate fixed",
            BEFORE_ALL,
            "learning_rate = 1.2",
            "Your result is that of the learning rate 1.2, whatever `learning_rate` says. Use the argument.",
        ),
        Misconception(
            "b1 stays",
            'b1 = parameters["b1"] - learning_rate * grads["db1"]',
            'b1 = parameters["b1"]',
            "Your b1 does not move. It takes a step with its own gradient, just as the weights do.",
        ),
        Misconception(
            "b2 stays",
            'b2 = parameters["b2"] - learning_rate * grads["db2"]',
            'b2 = parameters["b2"]',
            "Your b2 does not move. It takes a step with its own gradient, just as the weights do.",
        ),
    ],
)
def update_parameters(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_h, settings in [
        ("the default learning rate", 3, 4, ()),
        ("learning rate 0.05", 2, 5, (0.05,)),
        ("learning rate 0.7", 4, 3, (0.7,)),
        ("learning rate 2", 2, 3, (2,)),
    ]:
        grads = {f"d{name}": away_from_zero(rng, *value.shape) for name, value in network(rng, n_x, n_h).items()}
        yield case(label, network(rng, n_x, n_h), grads, *settings)


def part_of(data: Any, n_x: int, n_h: int, n_y: int) -> Any:
    """In place of initialize_parameters: the corner of fixed tables that has the shapes asked for."""
    return {
        "W1": data["W1"][:n_h, :n_x],
        "b1": data["b1"][:n_h],
        "W2": np.tile(data["W2"], (n_y, 1))[:, :n_h],
        "b2": np.tile(data["b2"], (n_y, 1)),
    }


def no_forward(_data: Any, X: Any, parameters: Any) -> Any:
    hidden, out = (np.full((b.shape[0], X.shape[1]), 0.5) for b in (parameters["b1"], parameters["b2"]))
    return out, {"Z1": hidden, "A1": hidden, "Z2": out, "A2": out}


def no_cost(_data: Any, _A2: Any, _Y: Any, *_more: Any) -> Any:
    return np.float64(0.5)


def no_backward(_data: Any, parameters: Any, _cache: Any, _X: Any, _Y: Any) -> Any:
    return {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}


def count(_data: Any, parameters: Any, _grads: Any, learning_rate: Any = 1.2) -> Any:
    """In place of update_parameters: W1 counts the steps, b1 adds up their lengths."""
    return {**parameters, "W1": parameters["W1"] + 1, "b1": parameters["b1"] + learning_rate}


@exercise(
    returns=["parameters"],
    points={
        'parameters["W1"]': 4,
        'parameters["b1"]': 3,
        'parameters["W2"]': 4,
        'parameters["b2"]': 2,
        "steps by default": 2,
    },
    misconceptions=[
        Misconception(
            "hidden size fixed",
            "n_x, _, n_y = layer_sizes(X, Y)",
            "n_x, n_h, n_y = layer_sizes(X, Y)",
            "Your network has 4 hidden units whatever `n_h` says. `layer_sizes` returns a hidden size too; here the "
            "argument decides.",
        ),
        Misconception(
            "start returned",
            "parameters = update_parameters(parameters, grads)",
            "update_parameters(parameters, grads)",
            "Your result is what comes from the parameters before training. `update_parameters` returns the new ones.",
        ),
        Misconception(
            "one step",
            "range(num_iterations)",
            "range(1)",
            "Your result is that of a single step. Does each round go on from what the round before gave, and does the `return` stand behind the loop?",
        ),
        Misconception(
            "one step too many",
            "range(num_iterations)",
            "range(num_iterations + 1)",
            "Your result is that of one step more than `num_iterations`.",
        ),
        Misconception(
            "learning rate of lesson 02",
            "update_parameters(parameters, grads)",
            "update_parameters(parameters, grads, 0.5)",
            "Your result is that of the learning rate 0.5. The default of `update_parameters` is asked for.",
        ),
        Misconception(
            "gradient of the start",
            "grads = backward_propagation(parameters, cache, X, Y)",
            "grads = backward_propagation(parameters, cache, X, Y) if i == 0 else grads",
            "Your result is what comes out when every step uses the gradient of the first place. The slope changes as "
            "you walk: forward and backward belong inside the loop.",
        ),
        Misconception(
            "forward pass of the start",
            "A2, cache = forward_propagation(X, parameters)",
            "A2, cache = forward_propagation(X, parameters) if i == 0 else (A2, cache)",
            "Your result is what comes out when the forward pass is made once, with the first parameters. Each step needs the activations of the parameters as they are now: forward belongs inside the loop too.",
        ),
    ],
    equivalent={
        "def nn_model(X, Y, n_h, num_iterations=10000, print_cost=True):": "what is printed is not judged",
        "without cost = compute_cost(A2, Y)": "what is printed is not judged",
        "cost = A2": "what is printed is not judged",
        "cost = compute_cost(Y, A2)": "what is printed is not judged",
        "cost = compute_cost(A2, X)": "what is printed is not judged",
        "if print_cost and i % 1000 != 0:": "what is printed is not judged",
        "f'iteration {i:5d}   cost {cost:.6f}'": "what is printed is not judged",
        "if print_cost and i == 0:": "what is printed is not judged",
        "if print_cost and 1000 == 0:": "what is printed is not judged",
        "if print_cost and i % 1000 == 1:": "what is printed is not judged",
        "if print_cost and i % 1000 == -1:": "what is printed is not judged",
        "if print_cost and i % 1001 == 0:": "what is printed is not judged",
        "if print_cost and i % 2000 == 0:": "what is printed is not judged",
    },
    # A network in single precision drifts a little in every step.
    rtol=1e-5,
)
def nn_model(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_h, m, steps in [
        ("twelve steps", 3, 5, 7, 12),
        ("two hidden units, three steps", 4, 2, 6, 3),
        ("three hidden units, 25 steps", 2, 3, 8, 25),
    ]:
        start = network(rng, 9, 8)
        X, Y = rng.normal(size=(n_x, m)), labels(rng, m)
        yield case(label, X, Y, n_h, steps, given={"initialize_parameters": Given(part_of, start)})
    given = {"initialize_parameters": Given(part_of, network(rng, 9, 8))}
    yield case("five steps with whole numbers", rng.integers(-2, 3, (3, 9)), labels(rng, 9), 4, 5, given=given)
    # Ten thousand real steps would take a second, so here the parts are replaced by ones that only count.
    yield case(
        "no number of steps named", rng.normal(size=(2, 3)), labels(rng, 3), 4,
        given={
            "initialize_parameters": Given(part_of, network(rng, 9, 8)),
            "forward_propagation": Given(no_forward),
            "compute_cost": Given(no_cost),
            "backward_propagation": Given(no_backward),
            "update_parameters": Given(count),
        },
        judged={"steps by default": "parameters"},
    )  # fmt: skip


@exercise(
    returns=["predictions"],
    points={"predictions": 9, "answers at exactly 0.5": 1},
    misconceptions=[
        Misconception(
            "probabilities returned",
            "predictions = (A2 > 0.5).astype(int)",
            "predictions = A2",
            "Your result holds the probabilities themselves. A prediction is a decision: 1 or 0.",
        ),
        Misconception(
            "sum held against one half",
            "A2, _ = forward_propagation(X, parameters)",
            'A2 = forward_propagation(X, parameters)[1]["Z2"]',
            "Your result is what comes out when the sum Z2, not the probability A2, is held against 0.5.",
        ),
        Misconception(
            "held against zero",
            "(A2 > 0.5)",
            "(A2 > 0)",
            "Your result is 1 everywhere: every probability is above 0. The border is 0.5.",
        ),
        Misconception(
            "one half counts as above",
            "(A2 > 0.5)",
            "(A2 >= 0.5)",
            "Your answer is 1 where the probability is exactly 0.5. It is 1 only where the probability is above 0.5.",
        ),
        Misconception(
            "hidden units",
            "A2, _ = forward_propagation(X, parameters)",
            'A2 = forward_propagation(X, parameters)[1]["A1"]',
            "Your result has a row for each hidden unit: it is A1, not A2, that is held against 0.5. The answer is that of the last layer.",
        ),
        Misconception(
            "decision turned round",
            "(A2 > 0.5)",
            "(A2 < 0.5)",
            "Your result has 0 and 1 exchanged. A probability above 0.5 speaks for label 1.",
        ),
    ],
)
def predict(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, n_h, sums in [
        ("nine examples", 5, 3, [-0.9, -0.6, -0.4, -0.03, 0.03, 0.25, 0.4, 0.7, 0.9]),
        ("eight examples of six features", 6, 4, [-0.8, -0.5, -0.3, -0.1, 0.15, 0.35, 0.45, 0.7]),
        ("a single example", 4, 3, [0.3]),
    ]:
        yield case(label, *decided(rng, n_x, n_h, rng.permutation(sums) * rng.uniform(0.9, 1.1, len(sums))))
    # Without biases an input of zeros has the sum 0, and the probability one half to the last bit.
    for label, n_x, n_h, m in [("a probability of exactly 0.5", 3, 5, 4), ("all exactly 0.5", 4, 2, 3)]:
        parameters = {**network(rng, n_x, n_h), "b1": np.zeros((n_h, 1)), "b2": np.zeros((1, 1))}
        X = rng.integers(1, 4, (n_x, m)) * (np.arange(m) % 2) * (m == 4)
        yield case(label, parameters, X, judged={"answers at exactly 0.5": "predictions"})


def decided(rng: np.random.Generator, n_x: int, n_h: int, sums: np.ndarray) -> tuple[Arrays, np.ndarray]:
    """A network and inputs for which Z2 is `sums`; without b1, or without b2, some decision turns round."""
    m = len(sums)
    W2 = rng.choice([-1, 1], (1, n_h)) * rng.uniform(2, 3, (1, n_h))
    b2 = rng.uniform(1, 1.2, (1, 1))
    # Values of the hidden units that give the sums, all of them well inside tanh's range.
    A1 = rng.uniform(-0.1, 0.1, (n_h, m))
    A1 = A1 + W2.T * (sums - b2 - W2 @ A1) / np.sum(W2**2)
    b1 = np.sign(W2.T) * rng.uniform(0.6, 0.9, (n_h, 1))
    # Orthogonal rows: each unit's sum can be chosen for itself.
    W1 = np.linalg.qr(rng.normal(size=(n_x, n_h)))[0].T
    X = W1.T @ (np.arctanh(A1) - b1)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, X


LESSON = Lesson(
    "shallow_net",
    title="One hidden layer",
    exercises=(
        layer_sizes,
        initialize_parameters,
        forward_propagation,
        compute_cost,
        backward_propagation,
        update_parameters,
        nn_model,
        predict,
    ),
)
