"""The power method: points, cases and known mistakes of each exercise."""

from collections.abc import Iterator

import numpy as np

from grader.course import Case, Lesson, Misconception, case, exercise


def matrix(rng: np.random.Generator, n: int) -> np.ndarray:
    """A matrix whose entries are all positive and which is not symmetric: a transposed one gives other values."""
    return rng.uniform(1, 3, size=(n, n))


def start(rng: np.random.Generator, n: int) -> np.ndarray:
    """A vector whose length is not 1."""
    return rng.uniform(1, 2, size=n)


@exercise(
    returns=["u"],
    points={"u": 30},
    misconceptions=[
        Misconception(
            "length left as it is",
            "u = u / np.linalg.norm(u)",
            "u = u",
            "Yours is the product itself. Bring it to length 1, so that many steps stay within the range of a float.",
        ),
        Misconception(
            "divided by the largest entry",
            "np.linalg.norm(u)",
            "np.max(np.abs(u))",
            "The largest entry of yours is 1. Asked for is a vector of length 1.",
        ),
    ],
)
def step(rng: np.random.Generator) -> Iterator[Case]:
    yield case("two dimensions", matrix(rng, 2), start(rng, 2))
    yield case("four dimensions", matrix(rng, 4), start(rng, 4))
    yield case("a product that points the other way", -matrix(rng, 3), start(rng, 3))


@exercise(
    returns=["rho"],
    points={"rho": 30},
    misconceptions=[
        Misconception(
            "not divided by the length",
            "v @ (A @ v) / (v @ v)",
            "v @ (A @ v)",
            "Yours grows with the square of the length of v. Divide by the product of v with itself.",
        ),
        Misconception(
            "divided by the length itself",
            "(v @ v)",
            "np.linalg.norm(v)",
            "Yours is divided by the length of v. Its square belongs there.",
        ),
    ],
    equivalent={
        "rho = A @ v @ v / (v @ v)": "the product of two vectors is the same in either order",
        "rho = v @ (v @ A) / (v @ v)": "(v A) v and v (A v) are the same number",
    },
)
def rayleigh(rng: np.random.Generator) -> Iterator[Case]:
    yield case("two dimensions", matrix(rng, 2), start(rng, 2))
    yield case("three dimensions", matrix(rng, 3), start(rng, 3))
    yield case("a matrix that turns round", -matrix(rng, 4), start(rng, 4))


@exercise(
    returns=["lam", "u"],
    points={"lam": 20, "u": 20},
    misconceptions=[
        Misconception(
            "always from the start",
            "step(A, u)",
            "step(A, v)",
            "Yours is what one step gives, whatever their number. Each step begins with what the one before returned.",
        ),
        Misconception(
            "quotient of the start",
            "rayleigh(A, u)",
            "rayleigh(A, v)",
            "Your eigenvalue is the quotient of the start. Take that of the last direction.",
        ),
    ],
)
def power_method(rng: np.random.Generator) -> Iterator[Case]:
    yield case("two steps", matrix(rng, 3), start(rng, 3), 2)
    yield case("three steps", matrix(rng, 4), start(rng, 4), 3)
    yield case("a single step", matrix(rng, 2), start(rng, 2), 1)


LESSON = Lesson("power_method", title="The power method", exercises=(step, rayleigh, power_method))
