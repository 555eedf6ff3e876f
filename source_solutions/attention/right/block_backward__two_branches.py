"""Each branch a function of its own, from its end."""


def block_backward(dY, parameters, cache):
    p, c = parameters, cache
    grads = {}

    def back_through_second(d):
        grads.update(dW2=weight_gradient(c["H"], d), db2=np.einsum("mtn->n", d))
        d = np.where(c["H"] > 0, 1.0, 0.0) * (d @ p["W2"].T)
        grads.update(dW1=weight_gradient(c["N2"], d), db1=np.einsum("mth->h", d))
        d, grads["dgamma2"], grads["dbeta2"] = layer_norm_backward(d @ p["W1"].T, c["norm2"])
        return d

    def back_through_first(d):
        grads["dWo"] = weight_gradient(c["A"], d)
        parts = attention_backward(split_heads(d @ p["Wo"].T, c["attention"][1].shape[1]), c["attention"])
        parts = [join_heads(part) for part in parts]
        grads.update({"dW" + name: weight_gradient(c["N1"], part) for name, part in zip("qkv", parts)})
        d = sum(part @ p["W" + name].T for name, part in zip("qkv", parts))
        d, grads["dgamma1"], grads["dbeta1"] = layer_norm_backward(d, c["norm1"])
        return d

    dU = dY + back_through_second(dY)
    return dU + back_through_first(dU), grads
