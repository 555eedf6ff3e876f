"""v and s are two names of one and the same dictionary. All keys, shapes and zeros are right, but what one writes
into v stands in s as well."""

import numpy as np

from source_solutions.optimisation import initialize_velocity


def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    s = v
    return v, s
