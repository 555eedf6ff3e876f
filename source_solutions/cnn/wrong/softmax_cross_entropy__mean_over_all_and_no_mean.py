"""Two slips: the cost is the mean over all entries, so it is divided by the number of classes too; and dlogits lacks
the 1/m. Both results are wrong."""

import numpy as np


def softmax_cross_entropy(logits, Y):
    m = Y.shape[1]
    z = logits - logits.max(axis=0)
    log_sum = np.log(np.exp(z).sum(axis=0))
    log_P = z - log_sum
    cost = -np.mean(Y * log_P)
    P = np.exp(log_P)
    dlogits = P - Y
    return cost, dlogits
