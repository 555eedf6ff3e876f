"""From lesson 08."""

from typing import Any

import numpy as np


def initialize_adam(parameters: Any) -> Any:
    """Zeros to start Adam's averages from: v and s, each {"dW1", "db1", ...} with the shapes of the parameters."""
    v = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    s = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    return v, s


def update_parameters_with_adam(
    parameters: Any,
    grads: Any,
    v: Any,
    s: Any,
    t: int,
    learning_rate: float = 0.01,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> Any:
    """The parameters, velocities and average squares after step number t (1 or more) of Adam: new dictionaries."""
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * grads["d" + name]
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * grads["d" + name] ** 2
        v_corrected = v["d" + name] / (1 - beta1**t)
        s_corrected = s["d" + name] / (1 - beta2**t)
        parameters[name] = parameters[name] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return parameters, v, s
