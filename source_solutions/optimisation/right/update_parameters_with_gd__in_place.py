"""-= on the caller's arrays, over the items."""


def update_parameters_with_gd(parameters, grads, learning_rate):
    for name, theta in parameters.items():
        theta -= learning_rate * grads[f"d{name}"]
    return parameters
