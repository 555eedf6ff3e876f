"""s minus s squared, with np.subtract and np.square."""


def sigmoid_derivative(x):
    s = sigmoid(x)
    return np.subtract(s, np.square(s))
