"""The derivative of theta * x is given as theta * x, the cost itself, instead of x. dtheta is wrong unless theta is 1
or x is 0."""

import numpy as np


def backward_propagation(x, theta):
    dtheta = theta * x
    return dtheta
