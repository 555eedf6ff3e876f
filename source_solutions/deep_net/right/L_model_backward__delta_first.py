"""Starts from dZ = AL - Y of the last layer and linear_backward, keeps the gradient of AL under its key too."""


def L_model_backward(AL, Y, caches):
    L = len(caches)
    grads = {f"dA{L}": (AL - Y) / (AL * (1 - AL))}
    back = linear_backward(AL - Y, caches[-1][0])
    for l in range(L, 0, -1):
        if l < L:
            back = linear_activation_backward(back[0], caches[l - 1], "relu")
        grads.update(zip((f"dA{l - 1}", f"dW{l}", f"db{l}"), back))
    return grads
