"""A dictionary of functions at the top level of its cell."""

ACTIVATIONS = {"relu": relu, "sigmoid": sigmoid}


def linear_activation_forward(A_prev, W, b, activation="relu"):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = ACTIVATIONS[activation](Z)
    return A, (linear_cache, activation_cache)
