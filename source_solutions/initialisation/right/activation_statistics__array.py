"""An array with one row for each layer, the deviation from the mean square."""


def activation_statistics(X, parameters, activation):
    L = len(parameters) // 2
    bend = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh}[activation]
    statistics = np.empty((L, 2))
    for l in range(L):
        X = bend(np.matmul(parameters[f"W{l + 1}"], X) + parameters[f"b{l + 1}"])
        statistics[l] = X.mean(), np.sqrt(np.mean(np.square(X - X.mean())))
    return statistics
