"""itertools.accumulate with a lambda, divided by an array; an array is returned."""

from itertools import accumulate


def exponentially_weighted_average(values, beta, bias_correction=True):
    running = accumulate(values, lambda v, x: beta * v + (1 - beta) * x, initial=0)
    averages = np.array(list(running)[1:])
    if bias_correction:
        averages /= 1 - beta ** np.arange(1, len(averages) + 1)
    return averages
