"""Two slips in one number: the difference of the costs is divided by epsilon instead of 2 epsilon, and the numerator
is the sum of the squared differences, without a root. The returned difference is wrong."""

import numpy as np

from source_solutions.gradient_checking import dictionary_to_vector, forward_propagation_n, vector_to_dictionary


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    for i in range(theta.size):
        costs = []
        for sign in (1, -1):
            moved = theta.copy()
            moved[i] += sign * epsilon
            costs.append(forward_propagation_n(X, Y, vector_to_dictionary(moved, parameters))[0])
        grad_approx[i] = (costs[0] - costs[1]) / epsilon
    top = np.sum((grad - grad_approx) ** 2)
    bottom = np.sqrt(np.sum(grad**2)) + np.sqrt(np.sum(grad_approx**2))
    difference = top / bottom
    return difference
