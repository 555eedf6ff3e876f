"""Both slopes as vectors of one entry; returns an array of shape (1,)."""


def gradient_check(x, theta, epsilon=1e-7):
    both = np.array([forward_propagation(x, theta + s * epsilon) for s in (1, -1)])
    approx = np.diff(both[::-1]) / (2 * epsilon)
    grad = np.array([backward_propagation(x, theta)])
    return np.sqrt((grad - approx) ** 2) / (np.sqrt(grad**2) + np.sqrt(approx**2))
