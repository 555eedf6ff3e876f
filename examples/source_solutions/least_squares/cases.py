"""A line through points: points, cases and known mistakes of each exercise."""

from collections.abc import Iterator

import numpy as np

from grader.course import Case, Lesson, Misconception, case, exercise


def scattered(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """m points around a line, far from the origin in x and in y."""
    x = rng.uniform(2, 6, size=m)
    return x, rng.uniform(1, 2) * x + rng.uniform(3, 5) + rng.normal(size=m)


@exercise(
    returns=["S_xx", "S_xy"],
    points={"S_xx": 15, "S_xy": 15},
    misconceptions=[
        Misconception(
            "x not from its mean",
            "dx = x - np.mean(x)",
            "dx = x",
            "Your S_xx is the sum of the squares of x itself. Asked for is that of the distances of x from its mean.",
        ),
        Misconception(
            "mean in place of sum",
            "S_xy = np.sum(",
            "S_xy = np.mean(",
            "Your S_xy is the expected one divided by m: it is the mean of the products. Here it is their sum.",
        ),
    ],
    equivalent={
        "dy = y + np.mean(y)": "the distances of x add up to 0, so that S_xy is the same whatever is taken from every y",
        "dy = y": "the distances of x add up to 0, so that S_xy is the same whatever is taken from every y",
        "dy = y - np.sum(y)": "the distances of x add up to 0, so that S_xy is the same whatever is taken from every y",
        "dy = y - np.mean(x)": "the distances of x add up to 0, so that S_xy is the same whatever is taken from every y",
        "S_xx = np.sum(dx @ dx)": "a product of two vectors is the sum of the products",
        "S_xy = np.sum(dx @ dy)": "a product of two vectors is the sum of the products",
    },
)
def centred_sums(rng: np.random.Generator) -> Iterator[Case]:
    yield case("five points", *scattered(rng, 5))
    yield case("eight points", *scattered(rng, 8))
    yield case("two points", *scattered(rng, 2))


@exercise(
    returns=["w", "b"],
    points={"w": 20, "b": 20},
    misconceptions=[
        Misconception(
            "b is the mean of y",
            "np.mean(y) - w * np.mean(x)",
            "np.mean(y)",
            "Your b is the mean of y. That is the height of the line at the mean of x; b is its height at x = 0.",
        ),
        Misconception(
            "slope upside down",
            "S_xy / S_xx",
            "S_xx / S_xy",
            "Your slope is 1 divided by the expected one: the sum of the products belongs above the line of the fraction.",
        ),
    ],
)
def fit_line(rng: np.random.Generator) -> Iterator[Case]:
    yield case("six points", *scattered(rng, 6))
    yield case("nine points", *scattered(rng, 9))
    yield case("two points", *scattered(rng, 2))


@exercise(
    returns=["R2"],
    points={"R2": 30},
    misconceptions=[
        Misconception(
            "share that is left",
            "1 - left / total",
            "left / total",
            "Yours is the share of the squares that the line leaves. Asked for is the share that it takes away.",
        ),
        Misconception(
            "squares of y itself",
            "(y - np.mean(y))",
            "(y)",
            "Yours compares with the squares of y itself. Compare with those of its distances from the mean of y.",
        ),
    ],
    equivalent={
        "left = np.sum((b - (y - w * x)) ** 2)": "a number and its negative have the same square",
        "total = np.sum((np.mean(y) - y) ** 2)": "a number and its negative have the same square",
    },
)
def explained(rng: np.random.Generator) -> Iterator[Case]:
    yield case("seven points", *scattered(rng, 7), 1.5, 4.0)
    yield case("four points", *scattered(rng, 4), float(rng.uniform(1, 2)), float(rng.uniform(3, 5)))
    yield case("a line that is worse than the mean", *scattered(rng, 5), -2.0, 1.0)


LESSON = Lesson("least_squares", title="A line through points", exercises=(centred_sums, fit_line, explained))
