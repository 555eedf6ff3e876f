"""Each average from scratch as a weighted sum of all values so far."""


def exponentially_weighted_average(values, beta, bias_correction=True):
    values = np.asarray(values)
    averages = []
    for t in range(1, len(values) + 1):
        weights = (1 - beta) * beta ** np.arange(t)[::-1]
        v = weights @ values[:t]
        averages.append(float(v / weights.sum()) if bias_correction else v)
    return averages
