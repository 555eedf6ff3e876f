"""np.multiply, returned as an array of one entry."""


def forward_propagation(x, theta):
    return np.multiply([theta], x)
