"""1 - 2 σ(-2x), with np.multiply."""


def tanh_from_sigmoid(x):
    x2 = np.multiply(-2.0, x)
    t = 1 - 2 * sigmoid(x2)
    return t
