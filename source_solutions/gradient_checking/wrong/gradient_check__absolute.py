"""The difference is not compared with the size of the slopes: the absolute difference is returned, without the
denominator."""

import numpy as np

from source_solutions.gradient_checking import backward_propagation, forward_propagation


def gradient_check(x, theta, epsilon=1e-7):
    thetaplus = theta + epsilon
    thetaminus = theta - epsilon
    J_plus = forward_propagation(x, thetaplus)
    J_minus = forward_propagation(x, thetaminus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - gradapprox)
    return difference
