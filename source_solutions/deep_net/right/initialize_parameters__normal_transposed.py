"""Draws the transposed matrices and turns them."""


def initialize_parameters(n_x, n_h, n_y):
    draw = lambda n_prev, n: np.random.normal(scale=0.01, size=(n_prev, n)).T
    return {"W1": draw(n_x, n_h), "b1": np.zeros((n_h, 1)), "W2": draw(n_h, n_y), "b2": np.zeros((n_y, 1))}
