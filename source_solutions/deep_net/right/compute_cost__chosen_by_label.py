"""np.choose between the two logarithms' arguments, np.log of what is kept above the smallest positive number."""


def compute_cost(AL, Y):
    p = np.choose(Y.astype(int), [1 - AL, AL])
    return float(np.mean(-np.log(np.maximum(p, np.finfo(float).tiny))))
