"""Lesson 04: gradient checking. Points, cases and misconceptions of each exercise.

The two checks are graded with given functions in place of the ones they call, and without, for one that calls none. At ε = 0.1 the two-sided difference of a
cubic is off by an exact, visible amount, which says how it was computed. That of a parabola is exact for any ε: there only
a threshold is compared, because what is left is rounding.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, array, case, exercise

from .. import cross_entropy

# What a check returns for a right gradient: rounding, which is no reference value.
NOISE = 1e-5
SMALL = "difference of a right gradient"
# What is added to the denominator, so that it is never 0, hides how wrong such gradients are.
TINY = "difference of tiny gradients"


def observe_difference(case: Case, value: Any) -> Mapping[str, Any]:
    """The returned difference; where the gradient is right, 0 for anything as small as rounding makes it."""
    value = value[0] if isinstance(value, tuple) and len(value) > 1 else value
    number = float(np.reshape(array(value), ()))
    if SMALL in case.judged:
        return {SMALL: 0.0 if 0 <= number < NOISE else number}
    return {TINY if case.judged else "difference": number}


@exercise(
    returns=["J"],
    points={"J": 6},
    misconceptions=[
        Misconception(
            "sum",
            "theta * x",
            "theta + x",
            "Your result is θ + x. The model multiplies its parameter with its input.",
        ),
        Misconception("input left out", "theta * x", "theta", "Your result is θ alone. The input x is a factor of J."),
        Misconception("square", "theta * x", "theta**2 * x", "Your result is θ²x. In this model J is linear in θ."),
        Misconception(
            "with a sigmoid",
            "J = theta * x",
            "J = 1 / (1 + np.exp(-theta * x))",
            "Your J is what comes out when a sigmoid follows. This function has none: J is the product alone.",
        ),
    ],
)
def forward_propagation(rng: np.random.Generator) -> Iterator[Case]:
    yield from places(rng)


def places(rng: np.random.Generator) -> Iterator[Case]:
    """x and θ of the model J = θx."""
    for label, sign in [("both positive", 1), ("a negative input", -1)]:
        yield case(label, sign * float(rng.uniform(1.5, 3.0)), float(rng.uniform(3.5, 6.0)))
    yield case("a negative parameter", float(rng.uniform(1.5, 3.0)), -float(rng.uniform(0.2, 0.8)))
    yield case("whole numbers", int(rng.integers(3, 6)), int(rng.integers(6, 10)))
    yield case("θ is 0", float(rng.uniform(-3.0, -1.5)), 0.0)


@exercise(
    returns=["dtheta"],
    points={"dtheta": 8},
    gradients={"dtheta": ("forward_propagation", "theta")},
    misconceptions=[
        Misconception(
            "with respect to x",
            "dtheta = x",
            "dtheta = theta",
            "Your result is θ, the derivative with respect to x. Here J is differentiated with respect to θ.",
        ),
        Misconception(
            "the value",
            "dtheta = x",
            "dtheta = theta * x",
            "Your result is J itself. The derivative says how much J changes when θ changes.",
        ),
        Misconception("one", "dtheta = x", "dtheta = 1.0", "Your result is 1. The factor in front of θ is left out."),
        Misconception("sign turned", "dtheta = x", "dtheta = -x", "Your result equals the expected one with its sign turned."),
    ],
)  # fmt: skip
def backward_propagation(rng: np.random.Generator) -> Iterator[Case]:
    yield from places(rng)


def power(exponent: Any, x: Any, theta: Any) -> Any:
    return x * theta**exponent


def power_slope(data: Any, x: Any, theta: Any) -> Any:
    """The derivative of `power`, times a factor that may make it wrong."""
    return data["factor"] * data["exponent"] * x * theta ** (data["exponent"] - 1)


ONE_SENTENCES = {
    "both sides up": "Your result is what comes out when the two values of J are equal: as when θ moves up both times, or when "
    "both sides are one and the same array, which moves up and down again.",
    "divided by epsilon": "Your result is what comes out when the difference of the two values is divided by ε. From θ - ε "
    "to θ + ε it is twice as far.",
    "not divided": "Your result is what comes out when the difference of the two values is not divided at all. A slope is "
    "a difference divided by a distance.",
    "not relative": "Your result is the distance of the two gradients itself. Whether a distance is large depends on how "
    "large the gradients are: divide by the sum of their lengths.",
    "length of the sum": "Your result is what comes out when the length of the *sum* stands below the fraction line. It can be "
    "near zero for gradients that are far apart; the sum of the two lengths cannot.",
    "a verdict": "Your result says whether the gradient is right. What is asked is the difference itself, a number: whoever calls the "
    "function decides what is small enough.",
}


@exercise(
    returns=["difference"],
    points={"difference": 15, SMALL: 6, TINY: 1},
    ours=[TINY],
    observe=observe_difference,
    rtol=1e-5,
    misconceptions=[
        Misconception(
            "both sides up",
            "forward_propagation(x, theta - epsilon)",
            "forward_propagation(x, theta + epsilon)",
            ONE_SENTENCES["both sides up"],
        ),
        Misconception("divided by epsilon", "(2 * epsilon)", "epsilon", ONE_SENTENCES["divided by epsilon"]),
        Misconception(
            "not divided", "(J_plus - J_minus) / (2 * epsilon)", "J_plus - J_minus", ONE_SENTENCES["not divided"]
        ),
        Misconception(
            "one side only",
            "(J_plus - J_minus) / (2 * epsilon)",
            "(J_plus - forward_propagation(x, theta)) / epsilon",
            "Your result is what comes out with the one-sided difference, from θ to θ + ε. The two-sided one, from θ - ε "
            "to θ + ε, is far more exact.",
        ),
        Misconception(
            "not relative",
            "np.abs(grad - grad_approx) / (np.abs(grad) + np.abs(grad_approx))",
            "np.abs(grad - grad_approx)",
            ONE_SENTENCES["not relative"],
        ),
        Misconception(
            "a verdict",
            "return difference",
            "return bool(difference < 1e-7)",
            ONE_SENTENCES["a verdict"],
        ),
        Misconception(
            "length of the sum",
            "(np.abs(grad) + np.abs(grad_approx))",
            "np.abs(grad + grad_approx)",
            ONE_SENTENCES["length of the sum"],
        ),
        Misconception(
            "with its sign",
            "np.abs(grad - grad_approx)",
            "(grad_approx - grad)",
            "Your result has a sign, and may be negative. A difference of two gradients is a distance: never below zero.",
        ),
    ],
    equivalent={
        "def gradient_check(x, theta, epsilon=2e-07):": "any step of that size finds the same difference",
        "difference = np.abs(grad_approx - grad) / (np.abs(grad) + np.abs(grad_approx))": "a distance is the same from either end",
    },
)
def gradient_check(rng: np.random.Generator) -> Iterator[Case]:
    def given(factor: float, exponent: int = 3) -> dict[str, Given]:
        slope = Given(power_slope, {"factor": factor, "exponent": exponent})
        return {"forward_propagation": Given(power, exponent), "backward_propagation": slope}

    def place(sign: int = 1) -> tuple[float, float]:
        return float(sign * rng.uniform(1.2, 2.0)), float(rng.uniform(0.5, 0.9))

    yield case("a cubic, ε = 0.1", *place(), 0.1, given=given(1.0))
    yield case("a derivative too large", *place(), given=given(float(rng.uniform(1.4, 1.8))))
    yield case(
        "a falling cubic, derivative too small, ε = 0.03", *place(-1), 0.03, given=given(float(rng.uniform(0.4, 0.7)))
    )
    yield case("the wrong sign, ε = 0.02", *place(), 0.02, given=given(float(-rng.uniform(0.9, 1.1))))
    yield case("the wrong sign, and too large", *place(-1), 0.05, given=given(float(-rng.uniform(1.3, 1.6))))
    whole = int(rng.integers(2, 5)), int(rng.integers(1, 4))
    yield case("a cubic at whole numbers, ε = 0.2", *whole, 0.2, given=given(1.0))
    yield case("a parabola, ε = 0.05", *place(), 0.05, given=given(1.0, 2), judged={SMALL: "difference"})
    tiny = {TINY: "difference"}
    x, theta = place()
    yield case("a tiny derivative, too large", 1e-9 * x, theta, 0.01, given=given(1.7), judged=tiny)
    # Without replacements, for a check in which both functions are written out. A right derivative: what is left of the
    # difference is rounding. Here θ ± ε is exact and only their products with x are rounded, to 1 or 2 units of the last
    # place in the stead of about 1.4: so it is large, and the same however the slope is written.
    for label, size, judged in [
        ("θ large, ε its last place", 1.0, {}),
        ("θ large, ε its last place, x < 0", -4.0, {}),
        ("θ large, ε its last place, x tiny", 2.0**-30, tiny),
    ]:
        yield case(label, size * float(rng.uniform(1.37, 1.46)), 1.5 * 2.0**20, 2.0**-32, judged=judged)
    x, theta = place()
    yield case("θ x itself", x, theta, judged={SMALL: "difference"})


def network(rng: np.random.Generator, n_x: int, n_1: int, n_2: int) -> dict[str, np.ndarray]:
    """Parameters of three layers; no bias is near zero."""
    sizes = (n_x, n_1, n_2, 1)
    parameters = {}
    for layer, (before, after) in enumerate(pairwise(sizes), 1):
        parameters[f"W{layer}"] = rng.normal(size=(after, before)) * 1.2 / np.sqrt(before)
        parameters[f"b{layer}"] = rng.choice([-1.0, 1.0], size=(after, 1)) * rng.uniform(0.2, 0.6, size=(after, 1))
    return parameters


def alive(parameters: Mapping[str, np.ndarray], X: np.ndarray) -> bool:
    """Whether relu cuts some sums off in both hidden layers, and lets some pass: for every unit, or the one example."""
    Z1 = parameters["W1"] @ X + parameters["b1"]
    Z2 = parameters["W2"] @ np.maximum(0, Z1) + parameters["b2"]
    largest = [Z.max(axis=0 if X.shape[1] == 1 else 1) for Z in (Z1, Z2)]
    return all(np.any(Z < 0) for Z in (Z1, Z2)) and all(np.all(z > 0) for z in largest)


def problem(
    rng: np.random.Generator, n_x: int, n_1: int, n_2: int, m: int, whole: bool = False
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """X, Y and parameters of a net in which relu cuts some numbers off and lets some pass in each layer."""
    while True:
        parameters, X = network(rng, n_x, n_1, n_2), rng.normal(size=(n_x, m))
        X = np.rint(2 * X).astype(int) if whole else X
        if alive(parameters, X):
            break
    return X, rng.permutation(np.arange(m) % 2).reshape(1, m), parameters


def very_sure(rng: np.random.Generator, *sums: float) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """X, Y and parameters for which the last sums have these sizes and the signs that belong to Y, three of them 0."""
    parameters = network(rng, 3, 5, 4)
    parameters |= {f"b{layer}": np.zeros_like(parameters[f"b{layer}"]) for layer in (1, 2, 3)}
    # Some last weights of each sign; without biases the last sum grows as the input does.
    parameters["W3"] = np.array([[1.0, -1.0, 1.0, -1.0]]) * rng.uniform(0.8, 1.2, size=(1, 4))
    while True:
        X = rng.normal(size=(3, 400))
        A1 = np.maximum(0, parameters["W1"] @ X)
        z = (parameters["W3"] @ np.maximum(0, parameters["W2"] @ A1))[0]
        order = np.argsort(z)
        if z[order[2]] < -0.05 and z[order[-4]] > 0.05:
            break
        parameters |= {f"W{layer}": network(rng, 3, 5, 4)[f"W{layer}"] for layer in (1, 2)}
    columns = np.concatenate([order[:3], order[3 - len(sums) :]])
    z = z[columns]
    return X[:, columns] * np.array(sums) / np.abs(z), (z > 0).astype(int).reshape(1, -1), parameters


@exercise(
    returns=["cost", "cache"],
    points={"cost": 12, cross_entropy.RIGHT: 2, cross_entropy.WRONG: 2, "cache": 2},
    properties=cross_entropy.PROPERTIES,
    ours=cross_entropy.OURS,
    misconceptions=[
        Misconception(
            "second relu left out",
            "A2 = relu(Z2)",
            "A2 = Z2",
            "Your result is what comes out without the relu of layer 2. Both hidden layers have one.",
        ),
        Misconception(
            "first relu left out",
            "A1 = relu(Z1)",
            "A1 = Z1",
            "Your result is what comes out without the relu of layer 1. Both hidden layers have one.",
        ),
        Misconception(
            "sigmoid inside",
            "A2 = relu(Z2)",
            "A2 = sigmoid(Z2)",
            "Your result is what comes out with a sigmoid in layer 2. The order is relu, relu, sigmoid.",
        ),
        Misconception(
            "a sum",
            "(1 - Y) * log_not_a) / m",
            "(1 - Y) * log_not_a)",
            "Your result is exactly m times the expected cost. The cost is the mean of the losses.",
        ),
        Misconception(
            "sign turned",
            "cost = -np.sum",
            "cost = np.sum",
            "Your result is the expected cost with its sign turned. Logarithms of probabilities are negative; a cost is not.",
        ),
        Misconception(
            "last bias left out",
            "Z3 = W3 @ A2 + b3",
            "Z3 = W3 @ A2",
            "Your result is what comes out without the bias of the last layer.",
        ),
        Misconception(
            "one minus the logarithm",
            "np.log(np.maximum(1 - A3, 2**-54))",
            "1 - np.log(np.maximum(A3, 1e-300))",
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
            "label 0 left out",
            "Y * log_a + (1 - Y) * log_not_a",
            "Y * log_a",
            "Your cost is what comes out from the examples with the label 1 alone. The second term is there for the "
            "label 0.",
        ),
        Misconception(
            "last sigmoid left out",
            "A3 = sigmoid(Z3)",
            "A3 = Z3",
            "Your cost is what comes out when Z3 itself is taken for the probability. The sigmoid turns one into the "
            "other.",
        ),
        Misconception(
            "relu before the sigmoid",
            "A3 = sigmoid(Z3)",
            "A3 = sigmoid(relu(Z3))",
            "Your result is what comes out when Z3 passes a relu before the sigmoid. Then no probability is below one half. The last layer has the sigmoid alone.",
        ),
        *cross_entropy.written_out("A3"),
    ],
    equivalent=cross_entropy.equivalent("A3"),
    # How the logarithm is kept finite is left open; 1e-8 added to a small probability shows in the cost.
    rtol=1e-5,
)
def forward_propagation_n(rng: np.random.Generator) -> Iterator[Case]:
    yield case("seven examples", *problem(rng, 4, 5, 3, 7))
    yield case("layers of 6 and 2 units, whole numbers", *problem(rng, 3, 6, 2, 5, whole=True))
    yield case("a single example", *problem(rng, 5, 3, 4, 1))
    X, Y, parameters = very_sure(rng, 900, 800, 1.5, 900, 2, 1000, 850)
    yield case("very sure, and right", X, Y, parameters, judged={cross_entropy.RIGHT: "cost"})
    for sums in [(900, 800, 1000, 900, 850, 1000), (800, 900, 950, 1000)]:
        X, Y, parameters = very_sure(rng, *sums)
        label = f"{len(sums)} examples, very sure and wrong"
        yield case(label, X, 1 - Y, parameters, judged={cross_entropy.WRONG: "cost"})


def passed(rng: np.random.Generator, n_x: int, n_1: int, n_2: int, m: int) -> tuple[np.ndarray, np.ndarray, Any]:
    """X, Y and the cache of a forward pass; some sums are exactly 0, where relu has its kink."""
    X, Y, p = problem(rng, n_x, n_1, n_2, m, whole=m == 8)
    Z1 = p["W1"] @ X + p["b1"]
    if m > 1:
        Z1[0, 0] = 0.0
    A1 = np.maximum(0, Z1)
    Z2 = p["W2"] @ A1 + p["b2"]
    if m > 1:
        Z2[-1, -1] = 0.0
    A2 = np.maximum(0, Z2)
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return X, Y, (Z1, A1, p["W1"], p["b1"], Z2, A2, p["W2"], p["b2"], Z3, A3, p["W3"], p["b3"])


@exercise(
    returns=["gradients"],
    points={
        'gradients["dZ3"]': 2,
        'gradients["dW3"]': 4,
        'gradients["db3"]': 2,
        'gradients["dA2"]': 2,
        'gradients["dZ2"]': 3,
        'gradients["dW2"]': 3,
        'gradients["db2"]': 2,
        'gradients["dA1"]': 1,
        'gradients["dZ1"]': 2,
        'gradients["dW1"]': 3,
        'gradients["db1"]': 2,
    },
    misconceptions=[
        Misconception(
            "sign turned",
            "dZ3 = A3 - Y",
            "dZ3 = Y - A3",
            "Your result equals the expected one with its sign turned. Look at the first step, where A3 and Y are compared.",
        ),
        Misconception(
            "mask of layer 2 left out",
            "dZ2 = dA2 * (Z2 > 0)",
            "dZ2 = dA2",
            "Your result is what comes out when the slope of relu is left out in layer 2. Where Z2 is not positive, relu "
            "is flat and lets no slope through.",
        ),
        Misconception(
            "mask of layer 1 left out",
            "dZ1 = dA1 * (Z1 > 0)",
            "dZ1 = dA1",
            "Your result is what comes out when the slope of relu is left out in layer 1. Where Z1 is not positive, relu "
            "is flat and lets no slope through.",
        ),
        Misconception(
            "activation in place of its slope",
            "dA1 * (Z1 > 0)",
            "dA1 * A1",
            "Your dZ1 is what comes out when dA1 is multiplied by A1 itself. What belongs there is the slope of relu: 1 where Z1 is above 0, otherwise 0.",
        ),
        Misconception(
            "mask of the gradient",
            "dZ2 = dA2 * (Z2 > 0)",
            "dZ2 = dA2 * (dA2 > 0)",
            "Your result keeps the positive entries of dA2. What relu lets through depends on what came *into* it in the "
            "forward pass, which is Z2.",
        ),
        Misconception(
            "slope of the sigmoid",
            "dZ1 = dA1 * (Z1 > 0)",
            "dZ1 = dA1 * sigmoid(Z1) * (1 - sigmoid(Z1))",
            "Your result is what comes out with the slope of the sigmoid in layer 1. The hidden layers have relu.",
        ),
        Misconception(
            "dW2 divided by m twice",
            "dW2 = dZ2 @ A1.T / m",
            "dW2 = dZ2 @ A1.T / m / m",
            "Yours is the expected gradient divided by m once more. dZ2 belongs to the sum of the losses, so 1/m stands in "
            "dW2 and once only.",
        ),
        Misconception(
            "dW3 without the mean",
            "dW3 = dZ3 @ A2.T / m",
            "dW3 = dZ3 @ A2.T",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so dW is a mean too.",
        ),
        Misconception(
            "db1 over everything",
            "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
            "db1 = np.full_like(b1, np.sum(dZ1)) / m",
            "Your result adds over the units as well. Each unit has a bias of its own: the sum runs over the examples only.",
        ),
        Misconception(
            "db2 without its second axis",
            "db2 = np.sum(dZ2, axis=1, keepdims=True) / m",
            "db2 = np.sum(dZ2, axis=1) / m",
            "Your result has one axis. A bias is a column, and its gradient has the same shape.",
        ),
        Misconception(
            "mask of the gradient in layer 1",
            "dZ1 = dA1 * (Z1 > 0)",
            "dZ1 = dA1 * (dA1 > 0)",
            "Your dZ1 is what comes out when relu's mask is taken from dA1. The slope of relu depends on where its "
            "input was: on Z1.",
        ),
    ],
    equivalent={
        "dZ2 = dA2 * (A2 > 0)": "relu is above 0 exactly where its argument is",
        "dZ1 = dA1 * (A1 > 0)": "relu is above 0 exactly where its argument is",
        "dA2 = W3.T * dZ3": "with a single unit behind, broadcasting makes the same product",
        "db3 = np.sum(dZ3, keepdims=True) / m": "with a single unit, one number in any form",
        "db3 = np.sum(dZ3, axis=1) / m": "with a single unit, one number in any form",
        "db3 = np.sum(dZ3, axis=1, keepdims=False) / m": "with a single unit, one number in any form",
    },
)
def backward_propagation_n(rng: np.random.Generator) -> Iterator[Case]:
    yield case("seven examples", *passed(rng, 4, 5, 3, 7))
    yield case("layers of 6 and 4 units, whole numbers", *passed(rng, 3, 6, 4, 8))
    yield case("a single example", *passed(rng, 5, 3, 2, 1))


def power_n(data: Any, X: Any, Y: Any, parameters: Any) -> Any:
    """(cost, empty cache) with powers of all parameters: each array counts with its own factor, and all are coupled."""
    powers = sum(factor * np.sum(parameters[name] ** data["exponent"]) for name, factor in data["factors"].items())
    total = sum(np.sum(parameters[name]) for name in data["factors"])
    # Exchanging X and Y makes a difference.
    return X.shape[0] / (1 + Y.shape[0]) * (powers + data["coupling"] * total**2), ()


def power_n_gradients(
    data: Mapping[str, Any], X: np.ndarray, parameters: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """The gradients of `power_n`, and beside them one that belongs to no parameter, as a backward pass returns it."""
    total = sum(np.sum(array) for array in parameters.values())
    n = data["exponent"]
    slopes = {"dZ3": np.ones((1, X.shape[1]))}
    return slopes | {
        "d" + name: X.shape[0] / 2 * (n * factor * parameters[name] ** (n - 1) + 2 * data["coupling"] * total)
        for name, factor in data["factors"].items()
    }


def network_gradients(X: np.ndarray, Y: np.ndarray, parameters: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The gradients of the cost of the network itself: relu, relu, sigmoid, cross-entropy."""
    A = [X]
    for layer in (1, 2):
        A.append(np.maximum(0, parameters[f"W{layer}"] @ A[-1] + parameters[f"b{layer}"]))
    delta = (1 / (1 + np.exp(-(parameters["W3"] @ A[2] + parameters["b3"]))) - Y) / X.shape[1]
    gradients = {}
    for layer in (3, 2, 1):
        gradients[f"dW{layer}"] = delta @ A[layer - 1].T
        gradients[f"db{layer}"] = np.sum(delta, axis=1, keepdims=True)
        delta = (parameters[f"W{layer}"].T @ delta) * (A[layer - 1] > 0)
    return gradients


@exercise(
    returns=["difference"],
    points={"difference": 16, SMALL: 4},
    observe=observe_difference,
    rtol=1e-5,
    misconceptions=[
        Misconception("both sides up", "down[i] -= epsilon", "down[i] += epsilon", ONE_SENTENCES["both sides up"]),
        Misconception("divided by epsilon", "(2 * epsilon)", "epsilon", ONE_SENTENCES["divided by epsilon"]),
        Misconception(
            "not divided", "(J_plus - J_minus) / (2 * epsilon)", "J_plus - J_minus", ONE_SENTENCES["not divided"]
        ),
        Misconception(
            "vector not copied",
            "up, down = theta.copy(), theta.copy()",
            "up, down = theta, theta.copy()",
            "Your result is what comes out when the changes to θ add up from entry to entry. For each entry begin with a "
            "fresh copy: all the other entries stay where they were.",
        ),
        Misconception(
            "not moved down",
            "down[i] -= epsilon",
            "down[i] -= 0",
            "Your result is what comes out when only one of the two places moves, by ε, and the division is by 2ε.",
        ),
        Misconception(
            "not relative",
            "numerator / denominator",
            "numerator",
            ONE_SENTENCES["not relative"],
        ),
        Misconception(
            "a verdict",
            "return difference",
            "return bool(difference < 1e-7)",
            ONE_SENTENCES["a verdict"],
        ),
        Misconception(
            "length of the sum",
            "np.linalg.norm(grad) + np.linalg.norm(grad_approx)",
            "np.linalg.norm(grad + grad_approx)",
            ONE_SENTENCES["length of the sum"],
        ),
        Misconception(
            "no root",
            "np.linalg.norm(grad - grad_approx)",
            "np.sum((grad - grad_approx) ** 2)",
            "Your result is what comes out when the squared differences are added up without taking the root. The length of a vector is the root of the sum of its squares.",
        ),
        Misconception(
            "last entry missing",
            "range(theta.shape[0])",
            "range(theta.shape[0] - 1)",
            "Your result is what comes out when the last entry of θ is not measured. Every parameter has its turn.",
        ),
        Misconception(
            "as many entries as names",
            "range(theta.shape[0])",
            "range(len(parameters))",
            "Your result is what comes out when only the first few entries of θ are measured, as many as there are names in the parameters. Every entry of the long vector has its turn.",
        ),
        Misconception(
            "entries not moved back",
            "for i in range(theta.shape[0]):\n        up, down = theta.copy(), theta.copy()",
            "up, down = theta.copy(), theta.copy()\n    for i in range(theta.shape[0]):",
            "Your result is what comes out when an entry that was moved stays moved in the rounds after. Each entry "
            "is moved alone, the others are where they were.",
        ),
        Misconception(
            "one side only",
            "(J_plus - J_minus) / (2 * epsilon)",
            "(J_plus - forward_propagation_n(X, Y, parameters)[0]) / epsilon",
            "Your result is what comes out when J is measured at θ + ε and at θ. The difference is far more exact "
            "between θ + ε and θ - ε.",
        ),
    ],
    equivalent={
        "def gradient_check_n(parameters, gradients, X, Y, epsilon=2e-07):": "any step of that size finds the same difference",
        "numerator = np.linalg.norm(grad_approx - grad)": "a distance is the same from either end",
    },
)
def gradient_check_n(rng: np.random.Generator) -> Iterator[Case]:
    def made(n_x: int, n_1: int, n_2: int, m: int, exponent: int = 3) -> tuple[Any, ...]:
        X, Y, parameters = problem(rng, n_x, n_1, n_2, m, whole=m == 6)
        # In the order in which a reference file gives them back.
        parameters = dict(sorted(parameters.items()))
        factors = dict(zip(parameters, rng.permutation(np.linspace(0.5, 1.5, 6)).tolist(), strict=True))
        # Among the last to be measured, and of some weight in the whole.
        parameters["b3"] = np.full((1, 1), 1.5)
        data = {"factors": factors, "coupling": float(rng.uniform(0.1, 0.2)), "exponent": exponent}
        return parameters, power_n_gradients(data, X, parameters), X, Y, {"forward_propagation_n": Given(power_n, data)}

    parameters, gradients, X, Y, given = made(2, 3, 4, 5)
    yield case("a cubic, ε = 0.1", parameters, gradients, X, Y, 0.1, given=given)
    parameters, gradients, X, Y, given = made(3, 4, 2, 6)
    gradients["dW2"][0, 1] += 4.0
    yield case("one wrong entry", parameters, gradients, X, Y, given=given)
    parameters, gradients, X, Y, given = made(4, 2, 3, 7)
    gradients = {key: -value for key, value in gradients.items()}
    yield case("the wrong sign, ε = 0.02", parameters, gradients, X, Y, 0.02, given=given)
    parameters, gradients, X, Y, given = made(3, 2, 5, 1, exponent=2)
    yield case("a parabola, ε = 0.05", parameters, gradients, X, Y, 0.05, given=given, judged={SMALL: "difference"})
    # Without replacements, for a check in which the forward pass is written out.
    for label, sizes, entry in [
        ("the network itself, one wrong entry", (3, 4, 2, 5), "dW2"),
        ("the network itself, a wrong bias", (2, 3, 4, 6), "db1"),
    ]:
        X, Y, parameters = problem(rng, *sizes)
        parameters = dict(sorted(parameters.items()))
        gradients = network_gradients(X, Y, parameters)
        gradients[entry][0, 0] += float(rng.uniform(0.2, 0.4))
        yield case(label, parameters, gradients, X, Y)
    X, Y, parameters = problem(rng, 4, 3, 2, 7)
    parameters = dict(sorted(parameters.items()))
    yield case(
        "the network itself", parameters, network_gradients(X, Y, parameters), X, Y, judged={SMALL: "difference"}
    )


LESSON = Lesson(
    "gradient_checking",
    title="Trust, but measure",
    exercises=(
        forward_propagation,
        backward_propagation,
        gradient_check,
        forward_propagation_n,
        backward_propagation_n,
        gradient_check_n,
    ),
)
