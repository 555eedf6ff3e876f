"""Multiplies a power of beta along instead of taking powers; numpy numbers in a list."""


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages, v, power = [], 0, 1
    for x in values:
        v += (1 - beta) * (x - v)
        power *= beta
        if not bias_correction:
            averages.append(v)
            continue
        averages.append(v / (1 - power))
    return averages
