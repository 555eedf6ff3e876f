"""Every velocity is the number 0 and not an array of zeros: all shapes in v are wrong."""

import numpy as np


def initialize_velocity(parameters):
    v = {}
    for name in parameters:
        v["d" + name] = 0.0
    return v
