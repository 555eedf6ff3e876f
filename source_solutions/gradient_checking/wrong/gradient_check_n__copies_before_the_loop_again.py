"""The two copies are made once, before the loop, so the entries moved earlier stay moved: every measured slope is the
sum of the slopes so far. The difference is much too large for right gradients."""

import numpy as np

from nnlab import dictionary_to_vector, vector_to_dictionary
from source_solutions.gradient_checking import forward_propagation_n


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    up = theta.copy()
    down = theta.copy()
    for i in range(theta.shape[0]):
        up[i] = up[i] + epsilon
        down[i] = down[i] - epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(up, parameters))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(down, parameters))
        grad_approx[i] = (J_plus - J_minus) / (2 * epsilon)
    difference = np.linalg.norm(grad - grad_approx) / (np.linalg.norm(grad) + np.linalg.norm(grad_approx))
    return difference
