"""Adds theta and x where they should be multiplied: J is wrong."""

import numpy as np


def forward_propagation(x, theta):
    J = theta + x
    return J
