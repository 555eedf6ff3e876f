"""Changes the caller's arrays with np.subtract(..., out=...), from the last layer to the first."""


def update_parameters(parameters, grads, learning_rate):
    for l in range(len(parameters) // 2, 0, -1):
        for kind in "Wb":
            array = parameters[f"{kind}{l}"]
            np.subtract(array, learning_rate * grads[f"d{kind}{l}"], out=array)
    return parameters
