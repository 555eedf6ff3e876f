"""In place on the caller's arrays, with a helper that moves an average."""


def _move(average, value, beta):
    average *= beta
    average += (1 - beta) * value


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for key in parameters:
        g, m1, m2 = grads["d" + key], v["d" + key], s["d" + key]
        _move(m1, g, beta1)
        _move(m2, g * g, beta2)
        parameters[key] -= learning_rate * (m1 / (1 - beta1**t)) / ((m2 / (1 - beta2**t)) ** 0.5 + epsilon)
    return parameters, v, s
