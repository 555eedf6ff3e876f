"""Two slips: beta weighs the new value and 1 - beta the past, and the correction is always made, also with
bias_correction=False. Nearly all averages are wrong."""

import numpy as np


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = (1 - beta) * v + beta * value
        average = v / (1 - beta**t)
        averages.append(average)
    return averages
