"""Python's own max is used, which cannot compare a whole array with 0: a ValueError is raised for every array with
more than one entry. For single numbers the result is right."""

import numpy as np


def relu(x):
    a = max(0, x)
    return a
