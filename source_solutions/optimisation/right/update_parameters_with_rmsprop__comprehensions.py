"""Two comprehensions, s ** 0.5, the learning rate divided by the root first."""


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    new_s = {k: beta * s[k] + (1 - beta) * grads[k] * grads[k] for k in s}
    rates = {k: learning_rate / (new_s[k] ** 0.5 + epsilon) for k in s}
    return {k: parameters[k] - rates["d" + k] * grads["d" + k] for k in parameters}, new_s
