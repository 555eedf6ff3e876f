"""v moves towards g by 1 - beta; two comprehensions; a list returned."""


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v_new = {k: old + (1 - beta) * (grads[k] - old) for k, old in v.items()}
    return [{k: p - learning_rate * v_new["d" + k] for k, p in parameters.items()}, v_new]
