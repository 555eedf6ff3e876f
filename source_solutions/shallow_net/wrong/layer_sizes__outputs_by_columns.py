"""n_y is read off the columns of Y, so it is the number of examples. n_x and n_h are right."""

import numpy as np


def layer_sizes(X, Y):
    n_x = X.shape[0]
    n_h = 4
    n_y = Y.shape[1]
    return n_x, n_h, n_y
