"""The number of outputs is taken as the number of different labels (2) instead of the number of rows of Y. n_y is
wrong; n_x and n_h are right."""

import numpy as np


def layer_sizes(X, Y):
    n_x = X.shape[0]
    n_h = 4
    n_y = len(np.unique(Y))
    return n_x, n_h, n_y
