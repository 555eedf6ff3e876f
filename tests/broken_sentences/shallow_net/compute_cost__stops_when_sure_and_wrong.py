"""always finite -- it stops with an error where the probability of the right label is 0"""

import math


def compute_cost(A2, Y):
    losses = []
    for a, y in zip(A2.ravel(), Y.ravel()):
        losses.append(-math.log(a if y else 1 - a))
    return np.array(losses).mean().item()
