"""The correction divides by 1 - beta * t instead of 1 - beta ** t. The first average is right, all later ones are
wrong (often negative); without the correction all are right."""

import numpy as np


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        average = v
        if bias_correction:
            average = v / (1 - beta * t)
        averages.append(average)
    return averages
