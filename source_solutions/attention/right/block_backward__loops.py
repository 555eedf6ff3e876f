"""A loop over the three, bias and weight gradients by einsum, dX added step by step."""


def block_backward(dY, parameters, cache):
    grads = {}
    dX = dY.copy()
    grads["dW2"] = np.einsum("mth,mtn->hn", cache["H"], dY)
    grads["db2"] = dY.sum(axis=1).sum(axis=0)
    dZ = np.where(cache["H"] > 0, dY @ parameters["W2"].T, 0)
    grads["dW1"] = np.einsum("mtn,mth->nh", cache["N2"], dZ)
    grads["db1"] = dZ.reshape(-1, dZ.shape[-1]).sum(0)
    more, grads["dgamma2"], grads["dbeta2"] = layer_norm_backward(dZ @ parameters["W1"].T, cache["norm2"])
    dX = dX + more
    grads["dWo"] = weight_gradient(cache["A"], dX)
    heads = len(cache["attention"][3][0])
    dA = split_heads(dX @ parameters["Wo"].T, heads)
    dN1 = np.zeros(dX.shape)
    for name, part in zip(("Wq", "Wk", "Wv"), attention_backward(dA, cache["attention"])):
        joined = join_heads(part)
        grads["d" + name] = weight_gradient(cache["N1"], joined)
        dN1 = dN1 + joined @ parameters[name].T
    more, grads["dgamma1"], grads["dbeta1"] = layer_norm_backward(dN1, cache["norm1"])
    return dX + more, grads
