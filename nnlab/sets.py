"""Points in a plane with two labels, drawn by formula: each function returns X (2, m) and Y (1, m) of 0 and 1.

The same arguments give the same points. The columns stand in random order, and the classes are of equal size.
"""

import numpy as np

Points = tuple[np.ndarray, np.ndarray]


def flower(m: int = 400, noise: float = 0.2, seed: int = 0) -> Points:
    """A flower of eight petals in two colours, four of each, mostly by turns: X (2, m), Y (1, m).

    noise: standard deviation of the angle (in radians) and of the radius
    """
    rng = np.random.default_rng(seed)
    Y = _labels(m)
    # The curve r = 4 sin(4t) draws one petal for each eighth of a turn; class 1 is the second half of it.
    t = np.pi * (Y + rng.random(m)) + noise * rng.normal(size=m)
    r = 4 * np.sin(4 * t) + noise * rng.normal(size=m)
    return _shuffled(np.vstack([r * np.sin(t), r * np.cos(t)]), Y, rng)


def moons(m: int = 200, noise: float = 0.2, seed: int = 0) -> Points:
    """Two half circles that reach into each other: X (2, m), Y (1, m).

    noise: standard deviation added to each coordinate; the circles have radius 1
    """
    rng = np.random.default_rng(seed)
    Y = _labels(m)
    t = np.pi * rng.random(m)
    upper, lower = np.vstack([np.cos(t), np.sin(t)]), np.vstack([1 - np.cos(t), 0.5 - np.sin(t)])
    return _shuffled(np.where(Y == 1, lower, upper) + noise * rng.normal(size=(2, m)), Y, rng)


def circles(m: int = 300, noise: float = 0.05, factor: float = 0.8, seed: int = 0) -> Points:
    """A small circle (label 1) inside a large one (label 0): X (2, m), Y (1, m).

    noise: standard deviation added to each coordinate; the large circle has radius 1
    factor: radius of the small circle
    """
    rng = np.random.default_rng(seed)
    Y = _labels(m)
    t = 2 * np.pi * rng.random(m)
    radius = np.where(Y == 1, factor, 1.0)
    return _shuffled(radius * np.vstack([np.cos(t), np.sin(t)]) + noise * rng.normal(size=(2, m)), Y, rng)


def blobs(m: int = 200, count: int = 6, spread: float = 0.8, seed: int = 0) -> Points:
    """Round clouds on a ring, their labels by turns 0 and 1: X (2, m), Y (1, m).

    count: number of clouds, even   spread: standard deviation within a cloud; the ring has radius 3
    """
    rng = np.random.default_rng(seed)
    cloud = np.arange(m) % count
    t = 2 * np.pi * cloud / count
    X = 3 * np.vstack([np.cos(t), np.sin(t)]) + spread * rng.normal(size=(2, m))
    return _shuffled(X, (cloud % 2).reshape(1, m), rng)


def gaussian_quantiles(m: int = 200, spread: float = 0.7, seed: int = 0) -> Points:
    """One round cloud, its inner half labelled 0 and its outer half 1: X (2, m), Y (1, m).

    spread: standard deviation of each coordinate
    """
    rng = np.random.default_rng(seed)
    X = spread * rng.normal(size=(2, m))
    distance = np.hypot(*X)
    return X, (distance > np.median(distance)).astype(int).reshape(1, m)


def _labels(m: int) -> np.ndarray:
    return (np.arange(m) % 2).reshape(1, m)


def _shuffled(X: np.ndarray, Y: np.ndarray, rng: np.random.Generator) -> Points:
    order = rng.permutation(X.shape[1])
    return X[:, order], Y[:, order]
