"""slope: a number from 0 to 1 -- 0 is taken for a slope that was not passed"""

import numpy as np


def leaky_relu(x, slope=0.01):
    return np.where(np.asarray(x) > 0, x, (slope or 0.01) * np.asarray(x))
