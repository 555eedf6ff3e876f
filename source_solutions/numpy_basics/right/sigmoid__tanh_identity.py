"""Half of one plus tanh of x/2: never overflows, and needs no cases."""


def sigmoid(x):
    s = 0.5 * (1 + np.tanh(0.5 * x))
    return s
