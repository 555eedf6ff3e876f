"""-= on the caller's arrays, in a loop over the names, the same dictionary returned."""


def update_parameters(parameters, grads, learning_rate=1.2):
    for name in parameters:
        parameters[name] -= learning_rate * grads["d" + name]
    return parameters
