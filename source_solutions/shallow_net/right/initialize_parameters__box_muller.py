"""Makes normal numbers of uniform ones by the formula of Box and Muller."""


def normal_numbers(rows, columns):
    u = 1 - np.random.rand(rows, columns)
    v = np.random.rand(rows, columns)
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)


def initialize_parameters(n_x, n_h, n_y, seed=None):
    if seed is not None:
        np.random.seed(seed)
    return {
        "W1": normal_numbers(n_h, n_x) / 100,
        "b1": 0 * np.ones((n_h, 1)),
        "W2": normal_numbers(n_y, n_h) / 100,
        "b2": 0 * np.ones((n_y, 1)),
    }
