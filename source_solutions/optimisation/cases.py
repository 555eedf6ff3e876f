"""Lesson 08: ways to walk downhill. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader.course import Case, Lesson, Misconception, array, case, exercise

Arrays = dict[str, np.ndarray]

# The networks of the cases: no two layers alike.
DEEP, FLAT, SINGLE, UNIT = (4, 3, 2, 1), (2, 5, 1), (3, 2), (4, 1)


def network(rng: np.random.Generator, sizes: Sequence[int]) -> Arrays:
    """{"W1", "b1", ...}, no entry near zero."""
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.choice([-1.0, 1.0], (n, n_prev)) * rng.uniform(0.3, 1.5, (n, n_prev))
        parameters[f"b{layer}"] = rng.choice([-1.0, 1.0], (n, 1)) * rng.uniform(0.3, 1.5, (n, 1))
    return parameters


def gradients(rng: np.random.Generator, sizes: Sequence[int], scale: float = 1.0) -> Arrays:
    """{"dW1", "db1", ...}, as gradients or velocities are: of both signs, no entry near zero."""
    return {f"d{name}": scale * value for name, value in network(rng, sizes).items()}


def squares(rng: np.random.Generator, sizes: Sequence[int], scale: float = 1.0) -> Arrays:
    """{"dW1", "db1", ...}, as averages of squares are: positive."""
    return {f"d{name}": scale**2 * np.abs(value) for name, value in network(rng, sizes).items()}


@exercise(
    returns=["parameters"],
    points={"parameters": 6},
    exact=["parameters"],
    misconceptions=[
        Misconception(
            "climbing",
            "parameters[name] - learning_rate",
            "parameters[name] + learning_rate",
            "Your parameters are what comes out when each step follows the gradient. The gradient points uphill.",
        ),
        Misconception(
            "learning rate left out",
            'learning_rate * grads["d" + name]',
            'grads["d" + name]',
            "Your parameters are what comes out when each step is the whole gradient. The learning rate says how long a step is.",
        ),
        Misconception(
            "step without the old place",
            "parameters[name] - learning_rate",
            "-learning_rate",
            "Your result is the step alone. It is added to where the parameter was before.",
        ),
    ],
    equivalent={
        "without parameters = dict(parameters)": "arguments may be changed in place",
        "parameters = parameters": "arguments may be changed in place",
    },
)
def update_parameters_with_gd(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, rate in [("three layers", DEEP, 0.1), ("two layers", FLAT, 0.7), ("a single layer", SINGLE, 2)]:
        yield case(label, network(rng, sizes), gradients(rng, sizes), rate)


# ---- mini-batches

CUT = {
    "sizes of the mini-batches": "mini_batches",
    "examples that are in exactly one": "mini_batches",
    "X and Y belong together": "mini_batches",
    "random order": "mini_batches",
}


def observe_batches(case: Case, value: Any) -> Mapping[str, Any]:
    """What must hold for the mini-batches, whatever the order is. All columns of a case's X are different."""
    X, Y = case.args[0], case.args[1]
    parts = [(array(part[0]), array(part[1])) for part in value]
    column = {tuple(x): i for i, x in enumerate(X.T)}
    places = [[column[tuple(x)] for x in X_part.T] for X_part, _ in parts]
    order = [i for part in places for i in part]
    observed = {
        "sizes of the mini-batches": [part.shape[1] for part, _ in parts],
        "examples that are in exactly one": sum(order.count(i) == 1 for i in range(X.shape[1])),
        "X and Y belong together": which_labels([Y[:, part] for part in places], [Y_part for _, Y_part in parts]),
        "random order": which_order(places),
    }
    return {name: observed[name] for name in case.judged}


def which_labels(own: Sequence[np.ndarray], found: Sequence[np.ndarray]) -> str:
    """Whose labels the mini-batches have, in words."""
    right = [np.array_equal(one, other) for one, other in zip(own, found, strict=True)]
    if all(right):
        return "each example with its own label"
    every, every_found = (np.sort(np.concatenate([one.ravel() for one in labels])) for labels in (own, found))
    if not np.array_equal(every, every_found):
        return "other numbers than the labels"
    return "labels of other examples" if not all(right[:-1]) else "labels of other examples in the last mini-batch"


def which_order(places: Sequence[list[int]]) -> str:
    """How the examples in the mini-batches are ordered, in words."""
    order = [i for part in places for i in part]
    if order == sorted(order):
        return "as they came"
    return "neighbouring examples in each mini-batch" if set(places[0]) == set(range(len(places[0]))) else "a new order"


@exercise(
    returns=["mini_batches"],
    points=dict(zip(CUT, (5, 5, 4, 2), strict=True)),
    observe=observe_batches,
    misconceptions=[
        Misconception(
            "parts of one size",
            "for start in range(0, m, mini_batch_size):\n        stop = start + mini_batch_size\n",
            "for part in np.array_split(np.arange(m), -(-m // mini_batch_size)):\n        start, stop = part[0], part[-1] + 1\n",
            "Your mini-batches are all about equally large. Each has mini_batch_size examples; only the last one may have fewer.",
        ),
        Misconception(
            "last mini-batch lost",
            "range(0, m, mini_batch_size)",
            "range(0, m - m % mini_batch_size, mini_batch_size)",
            "Your mini-batches are all of full size, and the examples that are left over are in none. The last mini-batch may be "
            "smaller.",
        ),
        Misconception(
            "empty mini-batch",
            "range(0, m, mini_batch_size)",
            "range(0, m + 1, mini_batch_size)",
            "Where the size divides m, your list ends with a mini-batch that is empty.",
        ),
        Misconception(
            "X and Y in different orders",
            "Y[:, order]",
            "Y[:, rng.permutation(m)]",
            "In your mini-batches many examples have the label of another one. X and Y need one and the same order.",
        ),
        Misconception(
            "examples repeated",
            "rng.permutation(m)",
            "rng.integers(0, m, m)",
            "In your mini-batches some examples come twice and others never. An order has every number once.",
        ),
        Misconception(
            "not shuffled",
            "rng.permutation(m)",
            "np.arange(m)",
            "Your mini-batches have the examples in the order in which they came. Random mini-batches need a random order.",
        ),
        Misconception(
            "last labels misaligned",
            "Y_shuffled[:, start:stop]",
            "Y_shuffled[:, start:stop] if stop <= m else Y_shuffled[:, : m - start]",
            "In your last, smaller mini-batch the labels belong to other examples: they are those of the first "
            "columns. X and Y are cut at the same places.",
        ),
        Misconception(
            "last mini-batch filled up",
            "stop = start + mini_batch_size",
            "stop = start + mini_batch_size\n        start = max(0, min(start, m - mini_batch_size))",
            "Your last mini-batch has the full size: some of its examples are in the one before already. It may be "
            "smaller.",
        ),
    ],
    equivalent={
        "def random_mini_batches(X, Y, mini_batch_size=64, seed=1):": "no answer depends on which numbers are drawn",
    },
)
def random_mini_batches(rng: np.random.Generator) -> Iterator[Case]:
    for label, n_x, m, settings in [
        ("its defaults: 64 and the rest", 2, 150, ()),
        ("mini-batches of 9", 3, 49, (9,)),
        ("a size that divides m", 2, 56, (8, int(rng.integers(1, 99)))),
        ("mini-batches of 12, without a rest", 3, 60, (12,)),
        ("mini-batches of 5, the last one of a single example", 3, 41, (5,)),
    ]:
        X = rng.permutation(n_x * m).reshape(n_x, m)
        yield case(label, X if m == 49 else X / 8 - m, rng.integers(0, 2, (1, m)), *settings, judged=CUT)
    form = {name: CUT[name] for name in list(CUT)[:3]}
    yield case("fewer examples than the size", rng.normal(size=(3, 5)), np.array([[1, 0, 0, 1, 0]]), judged=form)


# ---- averages


@exercise(
    returns=["averages"],
    points={"averages": 12},
    misconceptions=[
        Misconception(
            "begun with the first value",
            "v = beta * v + (1 - beta) * value",
            "v = value if t == 1 else beta * v + (1 - beta) * value",
            "Your average begins with the first value. Here it begins at 0, and the division by 1 - beta^t takes that out again.",
        ),
        Misconception(
            "shares exchanged",
            "beta * v + (1 - beta) * value",
            "(1 - beta) * v + beta * value",
            "Your averages are what comes out with β and 1 - β exchanged. β is the share of the old average that is kept.",
        ),
        Misconception(
            "correction without the power",
            "(1 - beta**t)",
            "(1 - beta)",
            "Your averages are divided by 1 - β at every t. The weights add up to 1 minus β to the power t, which comes close to 1.",
        ),
        Misconception(
            "always corrected",
            "if bias_correction else v",
            "if True else v",
            "Your averages are corrected also where `bias_correction` is false.",
        ),
        Misconception(
            "never corrected",
            "if bias_correction else v",
            "if False else v",
            "Your averages are not corrected, also where `bias_correction` is true or left out.",
        ),
        Misconception(
            "corrected average carried on",
            "average = v / (1 - beta**t) if bias_correction else v",
            "average = v = v / (1 - beta**t) if bias_correction else v",
            "Your averages are what comes out when the next step goes on with the corrected average. The correction is for the answer "
            "only.",
        ),
    ],
)
def exponentially_weighted_average(rng: np.random.Generator) -> Iterator[Case]:
    for label, count, settings in [
        ("seven values, its default", 7, (0.9,)),
        ("five values, without correction", 5, (0.8, False)),
        ("nine values, with correction", 9, (0.6, True)),
        ("a single value", 1, (0.95,)),
        ("six values, without correction", 6, (0.7, False)),
    ]:
        yield case(label, rng.uniform(2, 9, count), *settings)
    yield case("eight whole numbers", rng.integers(-9, 30, 8), 0.75)


# ---- momentum


@exercise(
    returns=["v"],
    points={"v": 6},
    exact=["v"],
    misconceptions=[
        Misconception(
            "keys of the parameters",
            'v["d" + name]',
            "v[name]",
            'Your keys are those of the parameters ("W1"). The velocity of W1 has the key of its gradient, "dW1".',
        ),
        Misconception(
            "velocity of one",
            "np.zeros(parameters[name].shape)",
            "np.ones(parameters[name].shape)",
            "Your velocities start at 1. Before the first step nothing moves: they start at 0.",
        ),
        Misconception(
            "a number as velocity",
            "np.zeros(parameters[name].shape)",
            "0.0",
            "Your velocities are single numbers. Each entry of a parameter has a velocity of its own: an array of zeros in the shape of the parameter.",
        ),
        Misconception(
            "parameters as velocities",
            "np.zeros(parameters[name].shape)",
            "parameters[name].copy()",
            "Your velocities are copies of the parameters. They have the shapes of the parameters, and start at 0.",
        ),
    ],
)
def initialize_velocity(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in [("three layers", DEEP), ("two layers", FLAT), ("a single layer", SINGLE)]:
        yield case(label, network(rng, sizes))


@exercise(
    returns=["parameters", "v"],
    points={"parameters": 7, "v": 7},
    exact=["parameters", "v"],
    misconceptions=[
        Misconception(
            "rate within the velocity",
            'v["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]\n        parameters[name] = parameters[name] - learning_rate * v["d" + name]',
            'v["d" + name] = beta * v["d" + name] - learning_rate * grads["d" + name]\n        parameters[name] = parameters[name] + v["d" + name]',
            "Your v holds the learning rate and has no 1 - beta: the classic form of momentum. Here v is an average of gradients, and the rate stands in the step alone.",
            also=(
                'v["d" + name] = beta * v["d" + name] + learning_rate * grads["d" + name]\n        parameters[name] = parameters[name] - v["d" + name]',
            ),
        ),
        Misconception(
            "shares exchanged",
            'beta * v["d" + name] + (1 - beta) * grads["d" + name]',
            '(1 - beta) * v["d" + name] + beta * grads["d" + name]',
            "Your result is what comes out with β and 1 - β exchanged. β is the share of the old velocity that is kept.",
        ),
        Misconception(
            "gradient in full",
            '(1 - beta) * grads["d" + name]',
            'grads["d" + name]',
            "Your velocity is β v + g. In this course the gradient has the factor 1 - β, so that v is an average.",
        ),
        Misconception(
            "step with the gradient",
            'learning_rate * v["d" + name]',
            'learning_rate * grads["d" + name]',
            "Your parameters have moved by the gradient itself, as in plain gradient descent. With momentum they move by the velocity.",
        ),
        Misconception(
            "step with the old velocity",
            'v["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]\n        parameters[name] = parameters[name] - learning_rate * v["d" + name]',
            'old = v["d" + name]\n        v["d" + name] = beta * old + (1 - beta) * grads["d" + name]\n        parameters[name] = parameters[name] - learning_rate * old',
            "Your parameters have moved by the velocity from before this step. The gradient goes into the velocity first; then the parameters move by it.",
        ),
        Misconception(
            "velocity not kept",
            'v["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]\n        parameters[name] = parameters[name] - learning_rate * v["d" + name]',
            'velocity = beta * v["d" + name] + (1 - beta) * grads["d" + name]\n        parameters[name] = parameters[name] - learning_rate * velocity',
            "Your parameters are right, but the v that you return is the one from before. The next step starts from the new velocity: put it into the dictionary.",
        ),
        Misconception(
            "past forgotten",
            'beta * v["d" + name] + ',
            "",
            "Your velocity does not contain the old one. It is an average: the share β of the old velocity stays.",
        ),
        Misconception(
            "climbing",
            "parameters[name] - learning_rate",
            "parameters[name] + learning_rate",
            "Your parameters are what comes out when each step goes uphill. The velocity is an average of gradients: subtract it.",
        ),
        Misconception(
            "beta fixed",
            "### START CODE HERE ###",
            "beta = 0.9",
            "Your result is that of β = 0.9, whatever `beta` says. Use the argument.",
        ),
    ],
    equivalent={
        "without parameters, v = (dict(parameters), dict(v))": "arguments may be changed in place",
        "parameters, v = (parameters, dict(v))": "arguments may be changed in place",
        "parameters, v = (dict(parameters), v)": "arguments may be changed in place",
    },
)
def update_parameters_with_momentum(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, beta, rate in [
        ("in the middle of training", FLAT, 0.9, 0.1),
        ("a short memory", UNIT, 0.3, 0.7),
        ("a single layer", SINGLE, 0.8, 2),
        ("no memory, β = 0", DEEP, 0, 0.4),
    ]:
        yield case(label, network(rng, sizes), gradients(rng, sizes), gradients(rng, sizes), beta, rate)


# ---- RMSprop


@exercise(
    returns=["s"],
    points={"s": 0},
    exact=["s"],
    misconceptions=[
        Misconception(
            "average of one",
            "initialize_velocity(parameters)",
            "{key: value + 1 for key, value in initialize_velocity(parameters).items()}",
            "Your averages start at 1. No gradient has been seen yet: they start at 0.",
        ),
        Misconception(
            "keys of the parameters",
            "initialize_velocity(parameters)",
            "{key[1:]: value for key, value in initialize_velocity(parameters).items()}",
            'Your keys are those of the parameters ("W1"). The average of W1 has the key of its gradient, "dW1".',
        ),
    ],
)
def initialize_rmsprop(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in [("two layers", FLAT), ("a single layer", SINGLE)]:
        yield case(label, network(rng, sizes))


@exercise(
    returns=["parameters", "s"],
    points={"parameters": 7, "s": 5},
    exact=["parameters", "s"],
    misconceptions=[
        Misconception(
            "average of the gradient",
            '(1 - beta) * grads["d" + name] ** 2',
            '(1 - beta) * np.abs(grads["d" + name])',
            "Your s averages the gradients without squaring them.",
        ),
        Misconception(
            "shares exchanged",
            'beta * s["d" + name] + (1 - beta) * grads["d" + name] ** 2',
            '(1 - beta) * s["d" + name] + beta * grads["d" + name] ** 2',
            "Your result is what comes out with β and 1 - β exchanged. β is the share of the old average that is kept.",
        ),
        Misconception(
            "epsilon inside the root",
            '(np.sqrt(s["d" + name]) + epsilon)',
            'np.sqrt(s["d" + name] + epsilon)',
            "Your step has ε inside the root. In this course it is added outside.",
        ),
        Misconception(
            "root left out",
            '(np.sqrt(s["d" + name]) + epsilon)',
            '(s["d" + name] + epsilon)',
            "Your step divides by s itself. The root brings the average of the squares back to the size of a gradient.",
        ),
        Misconception(
            "square on top",
            'learning_rate * grads["d" + name] / ',
            'learning_rate * grads["d" + name] ** 2 / ',
            "Your step has the square of the gradient on top, so every step goes in the same direction. On top is the gradient itself.",
        ),
        Misconception(
            "climbing",
            "parameters[name] - learning_rate",
            "parameters[name] + learning_rate",
            "Your parameters are what comes out when each step follows the gradient. The gradient points uphill.",
        ),
    ],
    equivalent={
        "without parameters, s = (dict(parameters), dict(s))": "arguments may be changed in place",
        "parameters, s = (parameters, dict(s))": "arguments may be changed in place",
        "parameters, s = (dict(parameters), s)": "arguments may be changed in place",
    },
)
def update_parameters_with_rmsprop(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, beta, rate, epsilon in [
        ("a large epsilon", FLAT, 0.9, 0.1, (0.2,)),
        ("a short memory", UNIT, 0.3, 2, ()),
    ]:
        yield case(label, network(rng, sizes), gradients(rng, sizes), squares(rng, sizes), beta, rate, *epsilon)
    # Gradients as small as the epsilon that is not passed here.
    tiny = gradients(rng, SINGLE, 1e-8), squares(rng, SINGLE, 1e-8)
    yield case("tiny gradients", network(rng, SINGLE), *tiny, 0.8, 0.5)
    for label, sizes, beta in [("the first step", DEEP, 0.9), ("the first step, a short memory", (5, 2), 0.4)]:
        nothing = {name: np.zeros_like(value) for name, value in gradients(rng, sizes).items()}
        yield case(label, network(rng, sizes), gradients(rng, sizes), nothing, beta, 0.2)


# ---- Adam


@exercise(
    returns=["v", "s"],
    points={"v": 3, "s": 3},
    exact=["v", "s"],
    misconceptions=[
        Misconception(
            "s of one",
            "s = initialize_velocity(parameters)",
            "s = {key: value + 1 for key, value in initialize_velocity(parameters).items()}",
            "Your s starts at 1. No gradient has been seen yet: both averages start at 0.",
        ),
        Misconception(
            "keys of the parameters",
            "v = initialize_velocity(parameters)",
            "v = {key[1:]: value for key, value in initialize_velocity(parameters).items()}",
            'The keys of your v are those of the parameters ("W1"). The average of W1 has the key of its gradient, "dW1".',
        ),
    ],
)
def initialize_adam(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in [("two layers", FLAT), ("a single layer", SINGLE)]:
        yield case(label, network(rng, sizes))


@exercise(
    returns=["parameters", "v", "s"],
    points={"parameters": 8, "v": 4, "s": 4},
    exact=["parameters", "v", "s"],
    misconceptions=[
        Misconception(
            "t one too large",
            'v_corrected = v["d" + name] / (1 - beta1**t)\n        s_corrected = s["d" + name] / (1 - beta2**t)',
            'v_corrected = v["d" + name] / (1 - beta1 ** (t + 1))\n        s_corrected = s["d" + name] / (1 - beta2 ** (t + 1))',
            "Your corrections are those of the step after this one. `t` counts this step already.",
        ),
        Misconception(
            "no correction",
            "learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)",
            'learning_rate * v["d" + name] / (np.sqrt(s["d" + name]) + epsilon)',
            "Your step uses v and s as they are. Both start at 0, so both are corrected before the step.",
        ),
        Misconception(
            "correction without t",
            'v["d" + name] / (1 - beta1**t)\n        s_corrected = s["d" + name] / (1 - beta2**t)',
            'v["d" + name] / (1 - beta1)\n        s_corrected = s["d" + name] / (1 - beta2**t)',
            "Your step is what comes out when an average is divided by 1 - β, whatever t is. The correction has β to the power t.",
            also=('v["d" + name] / (1 - beta1)\n        s_corrected = s["d" + name] / (1 - beta2)',),
        ),
        Misconception(
            "t one too small",
            "parameters, v, s = dict(parameters), dict(v), dict(s)",
            "parameters, v, s, t = dict(parameters), dict(v), dict(s), max(t - 1, 1)",
            "Your step is corrected for one step fewer than have been taken. t counts this step too: the first one has t = 1.",
        ),
        Misconception(
            "epsilon inside the root",
            "(np.sqrt(s_corrected) + epsilon)",
            "np.sqrt(s_corrected + epsilon)",
            "Your step has ε inside the root. In this course it is added outside.",
        ),
        Misconception(
            "root left out",
            "(np.sqrt(s_corrected) + epsilon)",
            "(s_corrected + epsilon)",
            "Your step divides by the average of the squares. Its root has the size of a gradient.",
        ),
        Misconception(
            "square left out",
            '(1 - beta2) * grads["d" + name] ** 2',
            '(1 - beta2) * np.abs(grads["d" + name])',
            "Your s averages the gradients without squaring them.",
        ),
        Misconception(
            "one beta for both",
            's["d" + name] = beta2 * s["d" + name] + (1 - beta2)',
            's["d" + name] = beta1 * s["d" + name] + (1 - beta1)',
            "Your s is averaged with β₁. The average of the squares has a memory of its own, β₂.",
        ),
        Misconception(
            "climbing",
            "parameters[name] - learning_rate",
            "parameters[name] + learning_rate",
            "Your parameters are what comes out when each step follows the gradient. The gradient points uphill.",
        ),
        Misconception(
            "corrected averages kept",
            'v_corrected = v["d" + name] / (1 - beta1**t)\n        s_corrected = s["d" + name] / (1 - beta2**t)',
            'v["d" + name] = v_corrected = v["d" + name] / (1 - beta1**t)\n        s["d" + name] = s_corrected = s["d" + name] / (1 - beta2**t)',
            "Yours holds the corrected average. The correction is for the step alone: v and s go on to the next step "
            "without it.",
        ),
        Misconception(
            "v alone corrected",
            "np.sqrt(s_corrected)",
            'np.sqrt(s["d" + name])',
            "Your parameters are what comes out when v is corrected and s is not. Both begin at zero, and both are "
            "corrected.",
        ),
        Misconception(
            "one correction for both",
            "(1 - beta2**t)",
            "(1 - beta1**t)",
            "Your parameters are what comes out when s is corrected with β₁. Each average is corrected with its own β.",
        ),
        Misconception(
            "shares exchanged",
            'v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * grads["d" + name]\n        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * grads["d" + name] ** 2',
            'v["d" + name] = (1 - beta1) * v["d" + name] + beta1 * grads["d" + name]\n        s["d" + name] = (1 - beta2) * s["d" + name] + beta2 * grads["d" + name] ** 2',
            "Your result is what comes out with β and 1 - β exchanged. The larger share, β, belongs to the past.",
        ),
        Misconception(
            "settings fixed",
            "### START CODE HERE ###",
            "learning_rate, beta1, beta2, epsilon = 0.01, 0.9, 0.999, 1e-8",
            "Your result is that of the usual settings (0.01, 0.9, 0.999), whatever the arguments say. Use the "
            "arguments.",
        ),
    ],
    equivalent={
        "without parameters, v, s = (dict(parameters), dict(v), dict(s))": "arguments may be changed in place",
        "parameters, v, s = (parameters, dict(v), dict(s))": "arguments may be changed in place",
        "parameters, v, s = (dict(parameters), v, dict(s))": "arguments may be changed in place",
        "parameters, v, s = (dict(parameters), dict(v), s)": "arguments may be changed in place",
    },
)
def update_parameters_with_adam(rng: np.random.Generator) -> Iterator[Case]:
    def state(sizes: Sequence[int], scale: float = 1.0) -> tuple[Arrays, Arrays, Arrays, Arrays]:
        v = gradients(rng, sizes, 0.3 * scale)
        return network(rng, sizes), gradients(rng, sizes, scale), v, squares(rng, sizes, scale)

    yield case("step 7, its defaults", *state(FLAT), 7)
    yield case("step 3, a large epsilon", *state(UNIT), 3, 2, 0.7, 0.8, 0.3)
    # Gradients as small as the epsilon that is not passed here.
    yield case("step 2, tiny gradients", *state(SINGLE, 1e-9), 2, 0.2, 0.6, 0.95)


# ---- decay


@exercise(
    returns=["learning_rate"],
    points={"learning_rate": 4, "learning_rate of epoch 0": 1},
    misconceptions=[
        Misconception(
            "parentheses",
            "learning_rate0 / (1 + decay_rate * epoch_num)",
            "learning_rate0 / 1 + decay_rate * epoch_num",
            "Your rate grows from epoch to epoch. The whole sum is the denominator.",
        ),
        Misconception(
            "one left out",
            "(1 + decay_rate * epoch_num)",
            "(decay_rate * epoch_num)",
            "Your rate is what comes out without the 1 in the denominator. In epoch 0 it keeps the rate as it was.",
        ),
        Misconception(
            "decay as a power",
            "learning_rate0 / (1 + decay_rate * epoch_num)",
            "learning_rate0 * decay_rate**epoch_num",
            "Your rate is multiplied by the decay rate in every epoch. That is another rule; here the denominator grows.",
        ),
    ],
)
def update_lr(rng: np.random.Generator) -> Iterator[Case]:
    for label, epoch, decay in [
        ("an early epoch", int(rng.integers(2, 9)), 0.5),
        ("a late epoch", int(rng.integers(40, 90)), 0.03),
    ]:
        yield case(label, float(rng.uniform(0.05, 0.9)), epoch, decay)
    yield case("a strong decay, whole numbers", int(rng.integers(1, 4)), int(rng.integers(10, 30)), 2)
    # As np.arange counts: a division by 0 has a result then, and stops nothing.
    first = {"learning_rate of epoch 0": "learning_rate"}
    yield case("epoch 0", float(rng.uniform(1, 2)), np.int64(0), 0.7, judged=first)


@exercise(
    returns=["learning_rate"],
    points={"learning_rate": 7},
    misconceptions=[
        Misconception(
            "not rounded down",
            "epoch_num // time_interval",
            "epoch_num / time_interval",
            "Your rate falls in every epoch. Within an interval it stays the same: the quotient is rounded down.",
        ),
        Misconception(
            "interval fixed",
            "epoch_num // time_interval",
            "epoch_num // 1000",
            "Your rate is that of an interval of 1000 epochs, whatever `time_interval` says.",
        ),
        Misconception(
            "interval left out",
            "(epoch_num // time_interval)",
            "epoch_num",
            "Your rate is that of `update_lr`, which falls in every epoch. Here it falls once in each interval.",
        ),
        Misconception(
            "one interval too early",
            "(epoch_num // time_interval)",
            "(epoch_num // time_interval + 1)",
            "Your rate is lower in the first interval already. There the quotient, rounded down, is 0.",
        ),
    ],
)
def schedule_lr_decay(rng: np.random.Generator) -> Iterator[Case]:
    # An interval of 999 or 1001 epochs would give another rate in one of the first two.
    yield case("the last epoch of an interval", float(rng.uniform(0.05, 0.9)), 1000 * int(rng.integers(3, 7)) - 1, 0.3)
    yield case("the first epoch of an interval", float(rng.uniform(1, 2)), 1000 * int(rng.integers(3, 7)), 0.2)
    yield case("an interval of 10, whole numbers", int(rng.integers(1, 4)), 10 * int(rng.integers(2, 9)) + 3, 2, 10)
    yield case("an interval of 30", float(rng.uniform(0.05, 0.9)), 30 * int(rng.integers(2, 6)) + 29, 0.8, 30)
    yield case("the first interval", float(rng.uniform(0.05, 0.9)), int(rng.integers(150, 199)), 1.5, 200)
    yield case("an interval of 45", float(rng.uniform(0.05, 0.9)), 45 * int(rng.integers(2, 6)), 0.6, 45)


LESSON = Lesson(
    "optimisation",
    title="Getting there sooner",
    exercises=(
        update_parameters_with_gd,
        random_mini_batches,
        exponentially_weighted_average,
        initialize_velocity,
        update_parameters_with_momentum,
        initialize_rmsprop,
        update_parameters_with_rmsprop,
        initialize_adam,
        update_parameters_with_adam,
        update_lr,
        schedule_lr_decay,
    ),
)
