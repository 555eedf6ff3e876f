"""beta and 1 - beta are exchanged: the new value gets the weight that belongs to the past. All averages are wrong,
unless beta is 0.5."""

import numpy as np


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = (1 - beta) * v + beta * value
        average = v / (1 - np.power(beta, t)) if bias_correction else v
        averages.append(average)
    return averages
