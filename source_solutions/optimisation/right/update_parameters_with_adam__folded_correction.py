"""Both corrections folded into the rate and into epsilon, as fast implementations do."""


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    root = (1 - beta2**t) ** 0.5
    rate = learning_rate * root / (1 - beta1**t)
    for name in parameters:
        d = "d" + name
        v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        s[d] = beta2 * s[d] + (1 - beta2) * np.square(grads[d])
        parameters[name] = parameters[name] - rate * v[d] / (np.sqrt(s[d]) + epsilon * root)
    return parameters, v, s
