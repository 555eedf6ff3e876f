"""A loop over the layers, and the cost from Z3 with np.logaddexp; relu by a mask."""


def forward_propagation_n(X, Y, parameters):
    A, cache = X, ()
    for l in range(1, 4):
        W, b = parameters["W%d" % l], parameters["b%d" % l]
        Z = W @ A + b
        A = Z * (Z > 0) if l < 3 else sigmoid(Z)
        cache += (Z, A, W, b)
    cost = np.mean(np.logaddexp(0, Z) - Y * Z)
    return cost, cache
