"""Its own plain sigmoid as a nested function, and the quotient e / (1 + e)²."""


def sigmoid_derivative(x, verbose=False):
    def expo(t):
        return np.exp(-1 * np.array(t))

    # Its graph is the same on both sides.
    e = expo(np.abs(x))
    if verbose:
        print("e =", e)
    ds = e / (1 + e) ** 2
    return ds
