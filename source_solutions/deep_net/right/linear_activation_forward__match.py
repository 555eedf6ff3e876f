"""A match statement, the formulas of both activations written out, *args for the linear step."""


def linear_activation_forward(*args, **named):
    activation = named.pop("activation") if "activation" in named else args[-1]
    Z, linear_cache = linear_forward(*args[:3], **named)
    match activation:
        case "relu":
            A = np.fmax(Z, 0)
        case "sigmoid":
            A = np.reciprocal(1 + np.exp(-Z))
    return A, (linear_cache, Z)
