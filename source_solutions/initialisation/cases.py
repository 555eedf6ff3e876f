"""Lesson 06: where to start. Points, cases and misconceptions of each exercise."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from grader.course import Case, Lesson, Misconception, array, case, exercise

Parameters = Mapping[str, Any]

# Sizes of large networks. At these, the spread that each known mistake leads to lies well inside one step of `near`.
LARGE = ((65, 125, 128, 245), (65, 182, 89, 258), (63, 183, 90, 171), (64, 127, 129, 245))


def split(parameters: Parameters) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The weights and the biases, by name."""
    arrays = {str(name): array(value).astype(float) for name, value in parameters.items()}
    return (
        {name: value for name, value in arrays.items() if name.startswith("W")},
        {name: value for name, value in arrays.items() if name.startswith("b")},
    )


def all_zero(_case: Case, parameters: Parameters) -> dict[str, Any]:
    weights, biases = split(parameters)
    return {"weights": weights, "biases": biases}


def as_drawn(case: Case, parameters: Parameters) -> dict[str, Any]:
    """What must hold for weights that are drawn; of a large network also with which standard deviations."""
    weights, biases = split(parameters)
    held: dict[str, Any] = {"shapes": ", ".join(f"{name} {w.shape}" for name, w in weights.items()), "biases": biases}
    if not case.known:
        return held
    expected = {f"W{number}": s for number, s in enumerate(case.known["deviations"], start=1)}
    spread = [near(weights[name].std(), s) for name, s in expected.items() if name in weights]
    return held | {
        "spread of the weights": np.array(spread),
        "normal distribution around 0": {name: distribution(w) for name, w in weights.items()},
    }


def near(found: float, expected: float) -> float:
    """`found` in steps of a fifth, counted from `expected`: equal to it where they differ by less than a twelfth."""
    if found < 1e-9 * expected:
        return 0.0
    return float(expected * 2 ** (np.round(4 * np.log2(found / expected)) / 4))


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
    return [kind, "around 0" if abs(w.mean()) < 0.07 * w.std() else "around another number"]


def sizes_of_layers(rng: np.random.Generator, deviation: Callable[[int], float]) -> Iterator[Case]:
    """Networks; `deviation` is the standard deviation of weights, a function of the number of inputs of a layer."""
    yield case("three layers", [int(rng.integers(6, 9)), 5, 4, 1])
    for label, sizes in zip(("a large network", "another large network"), rng.permutation(LARGE), strict=False):
        yield case(label, [int(n) for n in sizes], known={"deviations": [deviation(int(n)) for n in sizes[:-1]]})


def slips(scale: str) -> list[Misconception]:
    """Mistakes that all ways of drawing weights share; `scale` is the factor as it stands in the solution."""
    shape = "layers_dims[l], layers_dims[l - 1]" if scale == "10" else "n, n_before"
    turned = "layers_dims[l - 1], layers_dims[l]" if scale == "10" else "n_before, n"
    rows = "layers_dims[l]" if scale == "10" else "n"
    return [
        Misconception(
            "factor left out",
            f"np.random.randn({shape}) * {scale}",
            f"np.random.randn({shape})",
            "The standard deviation of your weights is 1. The factor behind the normal random numbers is missing.",
        ),
        Misconception(
            "uniform numbers",
            "np.random.randn(",
            "np.random.rand(",
            "Your weights look like uniform numbers, none of them negative. Numbers of the normal distribution are asked "
            "for: the two functions differ in one letter.",
        ),
        Misconception(
            "weights transposed",
            f"np.random.randn({shape})",
            f"np.random.randn({turned})",
            "Rows and columns of your weights are exchanged. A layer has one row for each of its units and one column "
            "for each of its inputs.",
        ),
        Misconception(
            "biases without their second axis",
            f"np.zeros(({rows}, 1))",
            f"np.zeros({rows})",
            "Your biases have one axis. In this course a bias is a column: (n_l, 1).",
        ),
        Misconception(
            "last layer left out",
            "range(1, len(layers_dims))",
            "range(1, len(layers_dims) - 1)",
            "The last layer is missing. A list of L + 1 sizes describes L layers; where does the loop end?",
        ),
    ]


@exercise(
    returns=["parameters"],
    points={"weights": 8, "biases": 7},
    observe=all_zero,
    misconceptions=[
        Misconception(
            "weights transposed",
            "(layers_dims[l], layers_dims[l - 1])",
            "(layers_dims[l - 1], layers_dims[l])",
            "Rows and columns of your weights are exchanged. A layer has one row for each of its units and one column "
            "for each of its inputs.",
        ),
        Misconception(
            "biases without their second axis",
            "np.zeros((layers_dims[l], 1))",
            "np.zeros(layers_dims[l])",
            "Your biases have one axis. In this course a bias is a column: (n_l, 1).",
        ),
        Misconception(
            "biases as rows",
            "np.zeros((layers_dims[l], 1))",
            "np.zeros((1, layers_dims[l]))",
            "Your biases are rows. In this course a bias is a column: one number under the other.",
        ),
        Misconception(
            "last layer left out",
            "range(1, len(layers_dims))",
            "range(1, len(layers_dims) - 1)",
            "The last layer is missing. A list of L + 1 sizes describes L layers; where does the loop end?",
        ),
        Misconception(
            "layers counted from 0",
            'parameters[f"W{l}"]',
            'parameters[f"W{l - 1}"]',
            "Your weights are numbered from W0 on. The first layer is number 1: W1 belongs to it.",
        ),
    ],
)
def initialize_parameters_zeros(rng: np.random.Generator) -> Iterator[Case]:
    yield case("three layers", [3, 5, 4, 1])
    yield case("two layers", [int(rng.integers(6, 9)), 2, 3])
    yield case("four layers", [4, 7, int(rng.integers(8, 11)), 6, 2])


@exercise(
    returns=["parameters"],
    points={"shapes": 4, "biases": 3, "spread of the weights": 6, "normal distribution around 0": 2},
    observe=as_drawn,
    misconceptions=[
        *slips("10"),
        Misconception(
            "small weights",
            "layers_dims[l - 1]) * 10",
            "layers_dims[l - 1]) * 0.01",
            "The standard deviation of your weights is 0.01, as in the lessons before. Here we want to see what large "
            "weights do: look at the factor.",
        ),
        Misconception(
            "10 as the mean",
            "layers_dims[l - 1]) * 10",
            "layers_dims[l - 1]) + 10",
            "Your weights lie around 10 instead of around 0. The 10 multiplies the numbers, so that they are spread ten times as wide.",
        ),
    ],
)
def initialize_parameters_random(rng: np.random.Generator) -> Iterator[Case]:
    yield from sizes_of_layers(rng, lambda _n: 10.0)


@exercise(
    returns=["parameters"],
    points={"shapes": 4, "biases": 3, "spread of the weights": 10, "normal distribution around 0": 3},
    observe=as_drawn,
    misconceptions=[
        *slips("np.sqrt(2 / n_before)"),
        Misconception(
            "the start of Xavier",
            "np.sqrt(2 / n_before)",
            "np.sqrt(1 / n_before)",
            "Your spread is that of Xavier's start. relu loses half of the mean square, and the start of He makes up for "
            "it: look at the number above the line.",
        ),
        Misconception(
            "size of the layer itself",
            "np.sqrt(2 / n_before)",
            "np.sqrt(2 / n)",
            "Your spread is what comes out with the number of units in the layer. The sum of a unit has one term for each "
            "of its inputs, so the layer before counts.",
        ),
        Misconception(
            "root left out",
            "np.sqrt(2 / n_before)",
            "(2 / n_before)",
            "Your spread is what comes out without the root. 2 / n is the variance; the factor is the standard deviation.",
        ),
        Misconception(
            "fraction turned over",
            "np.sqrt(2 / n_before)",
            "np.sqrt(n_before / 2)",
            "Your spread is what comes out with the fraction turned over. More inputs need smaller weights.",
        ),
        Misconception(
            "size of the input in every layer",
            "np.sqrt(2 / n_before)",
            "np.sqrt(2 / layers_dims[0])",
            "The spread of your weights belongs to the number of inputs of the whole network in every layer. Each "
            "layer has inputs of its own: the units of the layer before.",
        ),
    ],
)
def initialize_parameters_he(rng: np.random.Generator) -> Iterator[Case]:
    yield from sizes_of_layers(rng, lambda n: float(np.sqrt(2 / n)))


@exercise(
    returns=["parameters"],
    points={"shapes": 4, "biases": 3, "spread of the weights": 10, "normal distribution around 0": 3},
    observe=as_drawn,
    misconceptions=[
        *slips("np.sqrt(1 / n_before)"),
        Misconception(
            "the start of He",
            "np.sqrt(1 / n_before)",
            "np.sqrt(2 / n_before)",
            "Your spread is that of He's start. tanh does not lose half of the mean square: look at the number above the "
            "line.",
        ),
        Misconception(
            "size of the layer itself",
            "np.sqrt(1 / n_before)",
            "np.sqrt(1 / n)",
            "Your spread is what comes out with the number of units in the layer. The sum of a unit has one term for each "
            "of its inputs, so the layer before counts.",
        ),
        Misconception(
            "mean of both sizes",
            "np.sqrt(1 / n_before)",
            "np.sqrt(2 / (n + n_before))",
            "Your spread is that of Glorot's paper, with both sizes. It is a good start too; this exercise asks for the "
            "simpler form with the layer before only.",
        ),
        Misconception(
            "sum of both sizes",
            "1 / n_before",
            "1 / (n + n_before)",
            "The spread of your weights is what comes out with 1 over the sum of the layer's inputs and units. Here it is 1 over the number of its inputs alone.",
        ),
        Misconception(
            "root left out",
            "np.sqrt(1 / n_before)",
            "(1 / n_before)",
            "Your spread is what comes out without the root. 1 / n is the variance; the factor is the standard deviation.",
        ),
        Misconception(
            "fraction turned over",
            "np.sqrt(1 / n_before)",
            "np.sqrt(n_before)",
            "Your spread is what comes out with the fraction turned over. More inputs need smaller weights.",
        ),
        Misconception(
            "size of the input in every layer",
            "np.sqrt(1 / n_before)",
            "np.sqrt(1 / layers_dims[0])",
            "The spread of your weights belongs to the number of inputs of the whole network in every layer. Each "
            "layer has inputs of its own: the units of the layer before.",
        ),
    ],
)
def initialize_parameters_xavier(rng: np.random.Generator) -> Iterator[Case]:
    yield from sizes_of_layers(rng, lambda n: float(np.sqrt(1 / n)))


def means_and_deviations(_case: Case, statistics: Any) -> dict[str, Any]:
    pairs = [(float(array(mean).squeeze()), float(array(deviation).squeeze())) for mean, deviation in statistics]
    return {
        "means": np.array([mean for mean, _ in pairs]),
        "standard deviations": np.array([deviation for _, deviation in pairs]),
    }


@exercise(
    returns=["statistics"],
    points={"means": 12, "standard deviations": 18},
    observe=means_and_deviations,
    misconceptions=[
        Misconception(
            "sums in place of activations",
            "(np.mean(A), np.std(A))",
            "(np.mean(Z), np.std(Z))",
            "Your result is about the sums Z. The activations A are asked for, after relu or tanh.",
        ),
        Misconception(
            "always relu",
            'np.tanh(Z) if activation == "tanh" else np.maximum(0, Z)',
            "np.maximum(0, Z)",
            'Your result is that of relu, also where `activation` is "tanh".',
        ),
        Misconception(
            "always tanh",
            'np.tanh(Z) if activation == "tanh" else np.maximum(0, Z)',
            "np.tanh(Z)",
            'Your result is that of tanh, also where `activation` is "relu".',
        ),
        Misconception(
            "biases left out",
            ' @ A + parameters[f"b{l}"]',
            " @ A",
            "Your result is what comes out without the biases. They are zero at the start of training, but not in every "
            "network.",
        ),
        Misconception(
            "variance",
            "np.std(A)",
            "np.var(A)",
            "Your second number is the variance. The standard deviation is its root.",
        ),
        Misconception(
            "mean not taken away",
            "np.std(A)",
            "np.sqrt(np.mean(A**2))",
            "Your deviations are what comes out when the mean is not taken away before the squares. The standard deviation is measured from the mean, not from 0.",
        ),
        Misconception(
            "deviation within the units",
            "np.std(A)",
            "np.mean(np.std(A, axis=1))",
            "Your second number is the mean of the units' own deviations. All entries together are asked for, so the "
            "differences between units count too.",
        ),
        Misconception(
            "deviation of a sample",
            "np.std(A)",
            "np.std(A, ddof=1)",
            "Your second number is divided by one less than the number of entries. Here the plain mean of the squares is "
            "asked for, as `np.std` has it.",
        ),
        Misconception(
            "last layer left out",
            "range(1, L + 1)",
            "range(1, L)",
            "Your list has one pair too few: the last layer is missing.",
        ),
        Misconception(
            "input counted too",
            "### START CODE HERE ###",
            "statistics.append((np.mean(X), np.std(X)))",
            "Your list begins with the input X. It has one pair for each layer, and the input is no layer.",
        ),
    ],
    equivalent={
        "A = np.tanh(Z) if activation == 'tanh' else np.maximum(Z, 0)": "the larger of two numbers, whichever comes first",
    },
)
def activation_statistics(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes, m, activation in [
        ("three layers of relu", [4, 6, 5, 3], 7, "relu"),
        ("two layers of tanh", [3, 5, 2], 4, "tanh"),
        ("a single example, four layers of tanh", [2, 4, 3, 6, 5], 1, "tanh"),
        ("a single layer of relu, whole numbers", [5, 8], 6, "relu"),
    ]:
        parameters = {}
        for number, (n_before, n) in enumerate(pairwise(sizes), start=1):
            parameters[f"W{number}"] = rng.normal(size=(n, n_before))
            # Half of the sums of a unit lie above zero, about; a bias moves its activations and leaves none silent.
            parameters[f"b{number}"] = rng.choice([-1, 1], (n, 1)) * rng.uniform(0.2, 0.5, (n, 1))
            parameters[f"b{number}"][0] = 3.0
        X = rng.integers(-2, 3, (sizes[0], m)) if len(sizes) == 2 else rng.normal(size=(sizes[0], m))
        yield case(label, X, parameters, activation)


LESSON = Lesson(
    "initialisation",
    title="Where to start",
    exercises=(
        initialize_parameters_zeros,
        initialize_parameters_random,
        initialize_parameters_he,
        initialize_parameters_xavier,
        activation_statistics,
    ),
)
