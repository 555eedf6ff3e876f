"""Everything is divided by the number of places. Affects the gradients of the parameters."""

import numpy as np

from source_solutions.attention import attention_backward, join_heads, layer_norm_backward, split_heads, weight_gradient


def block_backward(dY, parameters, cache):
    p, c, g = parameters, cache, {}
    g["dW2"], g["db2"] = weight_gradient(c["H"], dY), dY.sum((0, 1))
    dZ = (dY @ p["W2"].T) * (c["H"] > 0)
    g["dW1"], g["db1"] = weight_gradient(c["N2"], dZ), dZ.sum((0, 1))
    back, g["dgamma2"], g["dbeta2"] = layer_norm_backward(dZ @ p["W1"].T, c["norm2"])
    dU = dY + back
    g["dWo"] = weight_gradient(c["A"], dU)
    dO = split_heads(dU @ p["Wo"].T, c["attention"][0].shape[1])
    dq, dk, dv = [join_heads(x) for x in attention_backward(dO, c["attention"])]
    g["dWq"], g["dWk"], g["dWv"] = [weight_gradient(c["N1"], x) for x in (dq, dk, dv)]
    dN = dq @ p["Wq"].T + dk @ p["Wk"].T + dv @ p["Wv"].T
    back, g["dgamma1"], g["dbeta1"] = layer_norm_backward(dN, c["norm1"])
    g = {name: value / dY.shape[1] for name, value in g.items()}
    return dU + back, g
