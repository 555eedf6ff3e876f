"""beta and 1 - beta have changed places: the new value has the weight beta and the old average 1 - beta. All averages
are wrong, with and without correction."""

import numpy as np


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = (1 - beta) * v + beta * value
        if bias_correction:
            average = v / (1 - beta**t)
        else:
            average = v
        averages.append(average)
    return averages
