"""Returns the verdict True or False (difference below 1e-6) and not the number."""

import numpy as np


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7):
    approx = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    exact = backward_propagation(x, theta)
    numerator = abs(exact - approx)
    denominator = abs(exact) + abs(approx)
    difference = numerator / denominator
    difference = difference < 1e-6
    return difference
