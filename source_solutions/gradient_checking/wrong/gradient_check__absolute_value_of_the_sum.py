"""The denominator is the absolute value of the sum instead of the sum of the absolute values. The difference is right
where both slopes have the same sign, and wrong (above 1) where the backward pass has the wrong sign."""

import numpy as np

from source_solutions.gradient_checking import backward_propagation, forward_propagation


def gradient_check(x, theta, epsilon=1e-7):
    slope = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = abs((grad - slope) / (grad + slope))
    return difference
