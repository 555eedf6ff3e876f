"""Calls initialize_parameters_he and divides the weights by the root of 2."""


def initialize_parameters_xavier(layers_dims):
    parameters = initialize_parameters_he(layers_dims)
    for name in parameters:
        if name.startswith("W"):
            parameters[name] = parameters[name] / np.sqrt(2)
    return parameters
