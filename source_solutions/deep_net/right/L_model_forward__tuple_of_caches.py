"""One loop over all layers with a conditional activation; the caches as a tuple of lists."""


def L_model_forward(X, parameters):
    L, caches, A = int(len(parameters) / 2), (), X
    for l in range(L):
        W, b = parameters["W{}".format(l + 1)], parameters["b{}".format(l + 1)]
        kind = ["relu", "sigmoid"][l == L - 1]
        A, cache = linear_activation_forward(A_prev=A, W=W, b=b, activation=kind)
        caches += (list(cache),)
    return A, caches
