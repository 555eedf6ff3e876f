"""A loop from the last layer to the first, a helper for W and b, np.where for relu."""


def _linear_gradients(dZ, A_before):
    m = dZ.shape[1]
    return np.einsum("ji,ki->jk", dZ, A_before) / m, np.mean(dZ, axis=1)[:, np.newaxis]


def backward_propagation_n(X, Y, cache):
    layers = [cache[0:4], cache[4:8], cache[8:12]]
    inputs = [X, cache[1], cache[5]]
    gradients = {}
    dZ = cache[9] - Y
    for l in reversed(range(3)):
        gradients[f"dZ{l + 1}"] = dZ
        gradients[f"dW{l + 1}"], gradients[f"db{l + 1}"] = _linear_gradients(dZ, inputs[l])
        if l > 0:
            dA = layers[l][2].T @ dZ
            gradients[f"dA{l}"] = dA
            dZ = np.where(layers[l - 1][0] > 0, dA, 0)
    return gradients
