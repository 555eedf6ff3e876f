"""The loop runs over the number of names and not over the number of entries: only the first few slopes are measured,
the others stay 0. difference is far too large for a right backward pass."""

import numpy as np

from nnlab import dictionary_to_vector, vector_to_dictionary
from nnlab.given.gradient_checking import forward_propagation_n


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    n = len(parameters)
    for k in range(n):
        costs = []
        for sign in (1, -1):
            moved = np.copy(theta)
            moved[k, 0] += sign * epsilon
            costs.append(forward_propagation_n(X, Y, vector_to_dictionary(moved, parameters))[0])
        grad_approx[k] = (costs[0] - costs[1]) / (2 * epsilon)
    difference = np.sqrt(np.sum((grad - grad_approx) ** 2))
    difference /= np.sqrt(np.sum(grad**2)) + np.sqrt(np.sum(grad_approx**2))
    return difference
