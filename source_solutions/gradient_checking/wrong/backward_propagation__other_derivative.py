"""This is the derivative with respect to x: theta is returned instead of x."""

import numpy as np


def backward_propagation(x, theta):
    dtheta = theta
    return dtheta
