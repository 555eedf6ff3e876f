"""Layer by layer with np.power, np.square and np.sqrt."""


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for l in range(1, len(parameters) // 2 + 1):
        for kind in ("W", "b"):
            key, dkey = kind + str(l), "d" + kind + str(l)
            s[dkey] = np.add(beta * s[dkey], (1 - beta) * np.power(grads[dkey], 2))
            parameters[key] = parameters[key] - learning_rate * np.divide(grads[dkey], np.sqrt(s[dkey]) + epsilon)
    return parameters, s
