"""The plain formula, with numpy's warnings switched off for this line by np.errstate."""


def sigmoid(x):
    with np.errstate(over="ignore"):
        return np.power(1 + np.exp(np.negative(x)), -1)
