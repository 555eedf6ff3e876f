"""One dictionary comprehension with np.subtract and np.multiply."""


def update_parameters(parameters, grads, learning_rate=1.2):
    return {k: np.subtract(p, np.multiply(learning_rate, grads[f"d{k}"])) for k, p in parameters.items()}
