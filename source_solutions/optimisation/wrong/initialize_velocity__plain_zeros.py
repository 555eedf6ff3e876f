"""The velocity of each parameter is the single number 0 instead of an array of zeros of its shape. Keys and value are
right, the shapes are missing."""

import numpy as np


def initialize_velocity(parameters):
    v = {}
    for name in parameters:
        v["d" + name] = 0.0
    return v
