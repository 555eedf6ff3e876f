"""Weights and bias as one matrix, times the inputs with a row of ones; tanh from exponentials."""


def forward_propagation(X, parameters):
    one = np.ones((1, X.shape[1]))
    Z1 = np.hstack([parameters["W1"], parameters["b1"]]) @ np.vstack([X, one])
    A1 = (np.exp(Z1) - np.exp(-Z1)) / (np.exp(Z1) + np.exp(-Z1))
    Z2 = np.hstack([parameters["W2"], parameters["b2"]]) @ np.vstack([A1, one])
    A2 = sigmoid(Z2)
    return [A2, {"A2": A2, "Z2": Z2, "A1": A1, "Z1": Z1}]
