"""beta, learning_rate: numbers -- where beta is 0 the velocities stay as they were"""


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        step = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        if beta:
            v["d" + name] = step
        parameters[name] = parameters[name] - learning_rate * step
    return parameters, v
