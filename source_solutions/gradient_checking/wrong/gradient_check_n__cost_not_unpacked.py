"""`forward_propagation_n` returns the cost and the cache, but both stay together in one name. The subtraction of two
tuples raises a TypeError."""

import numpy as np

from source_solutions.gradient_checking import dictionary_to_vector, forward_propagation_n, vector_to_dictionary


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        theta_plus = theta.copy()
        theta_plus[i] += epsilon
        J_plus = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus, parameters))
        theta_minus = theta.copy()
        theta_minus[i] -= epsilon
        J_minus = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus, parameters))
        grad_approx[i] = (J_plus - J_minus) / (2 * epsilon)
    numerator = np.linalg.norm(grad - grad_approx)
    denominator = np.linalg.norm(grad) + np.linalg.norm(grad_approx)
    difference = numerator / denominator
    return difference
