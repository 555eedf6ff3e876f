"""No parameter has a default."""


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon):
    new, new_v, new_s = {}, {}, {}
    for name in parameters:
        d = "d" + name
        new_v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        new_s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
        step = (new_v[d] / (1 - beta1**t)) / (np.sqrt(new_s[d] / (1 - beta2**t)) + epsilon)
        new[name] = parameters[name] - learning_rate * step
    return new, new_v, new_s
