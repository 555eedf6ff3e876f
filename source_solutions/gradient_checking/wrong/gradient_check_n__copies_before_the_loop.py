"""The two copies of theta are made once, before the loop, so the entries moved before stay moved. All measured slopes
but the first are sums of several slopes, and the returned difference is wrong."""

import numpy as np

from source_solutions.gradient_checking import dictionary_to_vector, forward_propagation_n, vector_to_dictionary


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    n = len(theta)
    plus = np.copy(theta)
    minus = np.copy(theta)
    for i in range(n):
        plus[i] = plus[i] + epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(plus, parameters))
        minus[i] = minus[i] - epsilon
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(minus, parameters))
        grad_approx[i] = (J_plus - J_minus) / (2 * epsilon)
    difference = np.linalg.norm(grad - grad_approx) / (np.linalg.norm(grad) + np.linalg.norm(grad_approx))
    return difference
