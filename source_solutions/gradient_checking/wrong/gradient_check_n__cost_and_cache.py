"""Forgets that forward_propagation_n returns two things and subtracts two tuples: raises TypeError."""

import numpy as np

from nnlab import dictionary_to_vector, vector_to_dictionary
from nnlab.given.gradient_checking import forward_propagation_n


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    for i, _ in enumerate(theta):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        J_plus = forward_propagation_n(X, Y, vector_to_dictionary(plus, parameters))
        J_minus = forward_propagation_n(X, Y, vector_to_dictionary(minus, parameters))
        grad_approx[i] = (J_plus - J_minus) / (2 * epsilon)
    norm = np.linalg.norm
    difference = norm(grad - grad_approx) / (norm(grad) + norm(grad_approx))
    return difference
