"""A dictionary made of pairs by a generator expression."""


def update_parameters_with_gd(parameters, grads, learning_rate):
    step = lambda name: np.multiply(learning_rate, grads["d" + name])
    return dict((name, np.subtract(parameters[name], step(name))) for name in parameters)
