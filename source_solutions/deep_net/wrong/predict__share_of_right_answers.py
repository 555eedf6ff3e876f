"""Returns the share of right answers and not the answers themselves."""

import numpy as np

from nnlab.given.deep_net import L_model_forward


def predict(X, y, parameters):
    probabilities, _ = L_model_forward(X, parameters)
    p = np.zeros((1, X.shape[1]))
    p[probabilities > 0.5] = 1
    p = np.mean(p == y)
    return p
