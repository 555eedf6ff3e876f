"""The forward pass is written out, for each entry of each parameter in turn."""


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    def J(p):
        A1 = np.maximum(0, p["W1"] @ X + p["b1"])
        A2 = np.maximum(0, p["W2"] @ A1 + p["b2"])
        A3 = 1 / (1 + np.exp(-(p["W3"] @ A2 + p["b3"])))
        return -np.mean(Y * np.log(A3) + (1 - Y) * np.log(1 - A3))

    approx, exact = [], []
    for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
        for place in np.ndindex(parameters[name].shape):
            costs = []
            for step in (epsilon, -epsilon):
                moved = {key: value.copy() for key, value in parameters.items()}
                moved[name][place] += step
                costs.append(J(moved))
            approx.append((costs[0] - costs[1]) / (2 * epsilon))
            exact.append(gradients["d" + name][place])
    approx, exact = np.array(approx), np.array(exact)
    return np.linalg.norm(exact - approx) / (np.linalg.norm(exact) + np.linalg.norm(approx))
