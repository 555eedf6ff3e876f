"""theta_up and theta_down are only other names for theta. Both costs belong to the same place, so the measured slope
is 0 and difference is 1 even for a right backward pass."""

import numpy as np

from nnlab import dictionary_to_vector, vector_to_dictionary
from nnlab.given.gradient_checking import forward_propagation_n


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        theta_up = theta
        theta_down = theta
        theta_up[i] = theta_up[i] + epsilon
        theta_down[i] = theta_down[i] - epsilon
        cost_up, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_up, parameters))
        cost_down, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_down, parameters))
        grad_approx[i] = (cost_up - cost_down) / (2 * epsilon)
    difference = np.linalg.norm(grad - grad_approx) / (np.linalg.norm(grad) + np.linalg.norm(grad_approx))
    return difference
