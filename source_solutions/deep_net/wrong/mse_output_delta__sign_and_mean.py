"""Two slips in one line: the difference is the wrong way round (Y - AL), and the result is divided by m, although dZ
belongs to the sum of the losses. dZ is wrong by the factor -1/m."""

import numpy as np


def mse_output_delta(AL, Y, ZL):
    m = Y.shape[1]
    dZ = (Y - AL) * AL * (1 - AL) / m
    return dZ
