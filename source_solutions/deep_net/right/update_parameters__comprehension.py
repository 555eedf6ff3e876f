"""A dictionary comprehension over the names."""


def update_parameters(parameters, grads, learning_rate):
    return {name: value + -learning_rate * grads["d" + name] for name, value in parameters.items()}
