"""Two mistakes. The sizes of the inputs and of the outputs are read from axis 1, so n_x and n_y are both the number
of examples. n_h is right."""

import numpy as np


def layer_sizes(X, Y):
    n_x = X.shape[1]
    n_h = 4
    n_y = Y.shape[1]
    return n_x, n_h, n_y
