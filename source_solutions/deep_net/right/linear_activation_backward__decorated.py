"""Slopes in a dictionary of lambdas, and the function behind a decorator of the notebook."""

from functools import wraps


def checked(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        assert all(np.isfinite(part).all() for part in result)
        return result

    return wrapper


SLOPES = {"relu": lambda Z: Z > 0, "sigmoid": lambda Z: sigmoid(Z)[0] * (1 - sigmoid(Z)[0])}


@checked
def linear_activation_backward(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dZ = dA * SLOPES[activation](Z)
    return W.T @ dZ, dZ @ A_prev.T / dZ.shape[1], dZ.mean(axis=1, keepdims=True)
