"""*= and += on the caller's arrays."""


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key, g in grads.items():
        v[key] *= beta
        v[key] += (1 - beta) * g
        parameters[key[1:]] -= learning_rate * v[key]
    return parameters, v
