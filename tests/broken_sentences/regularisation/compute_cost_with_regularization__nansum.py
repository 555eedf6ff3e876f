"""always finite -- np.nansum leaves out what is not a number, and a sure and wrong example still costs infinitely much"""


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    penalty = lambd / (2 * m) * sum(np.sum(np.square(parameters["W%d" % l])) for l in (1, 2, 3))
    return -np.nansum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m + penalty
