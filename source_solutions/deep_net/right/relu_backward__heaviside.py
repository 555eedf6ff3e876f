"""dA times np.heaviside, whose second argument says what stands at 0."""


def relu_backward(dA, cache):
    return np.multiply(dA, np.heaviside(cache, 0.0))
