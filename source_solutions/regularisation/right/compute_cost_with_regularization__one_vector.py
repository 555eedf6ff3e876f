"""All weights in one vector, its dot product with itself."""


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    w = np.concatenate([parameters["W%d" % l].ravel() for l in (1, 2, 3)])
    return float(compute_cost(A3, Y) + lambd * w.dot(w) / (2 * A3.size))
