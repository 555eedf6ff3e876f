"""The directions of a cloud: points, cases and known mistakes of each exercise."""

from collections.abc import Iterator

import numpy as np

from grader.course import Case, Lesson, Misconception, case, exercise


def cloud(rng: np.random.Generator, m: int, n: int) -> np.ndarray:
    """m points of n quantities that spread differently and go together, far from the origin."""
    return rng.normal(size=(m, n)) * np.arange(1, n + 1) @ rng.normal(size=(n, n)) + rng.uniform(3, 5, size=n)


def directions(rng: np.random.Generator, n: int, k: int) -> np.ndarray:
    """k columns of length 1 at right angles to each other."""
    return np.linalg.qr(rng.normal(size=(n, n)))[0][:, :k]


@exercise(
    returns=["C"],
    points={"C": 40},
    misconceptions=[
        Misconception(
            "divided by m",
            "(len(X) - 1)",
            "len(X)",
            "Yours is divided by m. Here the sum is divided by m - 1, as the formula above says.",
        ),
        Misconception(
            "not centred",
            "X - np.mean(X, axis=0)",
            "X",
            "Yours is made of the numbers themselves. Take the mean of its column from each first.",
        ),
    ],
    equivalent={
        "Z = np.mean(X, axis=0) - X": "both factors change their sign, and the product does not",
        "C = Z.T @ X / (len(X) - 1)": "the columns of Z add up to 0, so that the means of the other factor do not matter",
        "C = X.T @ Z / (len(X) - 1)": "the columns of Z add up to 0, so that the means of the other factor do not matter",
        "C = Z.T @ Z / (len(Z) - 1)": "Z has as many rows as X",
    },
)
def covariance(rng: np.random.Generator) -> Iterator[Case]:
    yield case("six points in two dimensions", cloud(rng, 6, 2))
    yield case("five points in three dimensions", cloud(rng, 5, 3))
    yield case("as many points as dimensions", cloud(rng, 4, 4))


@exercise(
    returns=["lam"],
    points={"lam": 30},
    misconceptions=[
        Misconception(
            "smallest first",
            "rising[::-1][:k]",
            "rising[:k]",
            "Yours are the smallest variances. The first principal component is the direction with the largest one.",
            also=("rising[:k][::-1]",),
        ),
        Misconception(
            "largest last",
            "rising[::-1][:k]",
            "rising[-k:]",
            "Yours are the right variances from the smallest to the largest. Asked for is the largest first.",
        ),
    ],
)
def variances(rng: np.random.Generator) -> Iterator[Case]:
    yield case("two of four", cloud(rng, 9, 4), 2)
    yield case("two of three", cloud(rng, 7, 3), 2)
    yield case("three of five", cloud(rng, 12, 5), 3)


@exercise(
    returns=["Y"],
    points={"Y": 30},
    misconceptions=[
        Misconception(
            "means not added again",
            "means + (X - means)",
            "(X - means)",
            "Your cloud lies around the origin: each column is too small by its mean. Add the means again at the end.",
        ),
        Misconception(
            "not centred",
            "means + (X - means) @ V @ V.T",
            "X @ V @ V.T",
            "Yours projects the rows as they are. The directions go through the middle of the cloud: centre first.",
        ),
    ],
)
def compressed(rng: np.random.Generator) -> Iterator[Case]:
    yield case("one direction of three", cloud(rng, 6, 3), directions(rng, 3, 1))
    yield case("two directions of four", cloud(rng, 5, 4), directions(rng, 4, 2))
    yield case("one direction of two", cloud(rng, 7, 2), directions(rng, 2, 1))


LESSON = Lesson(
    "principal_components", title="The directions of a cloud", exercises=(covariance, variances, compressed)
)
