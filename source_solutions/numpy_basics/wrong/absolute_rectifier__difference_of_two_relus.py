"""The two halves relu(x) and relu(-x) are subtracted instead of added, which gives x itself. Positive entries are
right, negative ones have the wrong sign."""

import numpy as np

from source_solutions.numpy_basics import relu


def absolute_rectifier(x):
    bright = relu(np.asarray(x))
    dark = relu(-np.asarray(x))
    return bright - dark
