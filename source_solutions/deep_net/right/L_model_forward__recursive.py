"""Calls itself for the layers before the last one."""


def L_model_forward(X, parameters, upto=None, last=True):
    l = len(parameters) // 2 if upto is None else upto
    if l == 0:
        return X, []
    A_prev, caches = L_model_forward(X, parameters, l - 1, False)
    A, cache = linear_activation_forward(
        A_prev, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid" if last else "relu"
    )
    return A, caches + [cache]
