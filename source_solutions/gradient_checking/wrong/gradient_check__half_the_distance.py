"""The two-sided slope is divided by epsilon and not by 2 * epsilon: the measured slope is twice too large, so a right
backward pass gets about 1/3 and difference is wrong everywhere."""

import numpy as np


def forward_propagation(x, theta):
    return theta * x


def backward_propagation(x, theta):
    return x


def gradient_check(x, theta, epsilon=1e-7):
    J_up = forward_propagation(x, theta + epsilon)
    J_down = forward_propagation(x, theta - epsilon)
    measured = (J_up - J_down) / epsilon
    g = backward_propagation(x, theta)
    difference = abs(g - measured) / (abs(g) + abs(measured))
    return difference
