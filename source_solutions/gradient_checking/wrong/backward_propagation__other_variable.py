"""Differentiates with respect to x and returns theta: dtheta is wrong."""

import numpy as np


def backward_propagation(x, theta):
    dJ_dx = theta
    dJ_dtheta = x
    dtheta = dJ_dx
    return dtheta
