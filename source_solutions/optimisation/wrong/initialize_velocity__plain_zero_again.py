"""Each velocity is the plain number 0 instead of an array of zeros with the shape of its parameter. The keys are
right; only the form is wrong."""

import numpy as np


def initialize_velocity(parameters):
    v = {}
    for name in parameters:
        v["d" + name] = 0.0
    return v
