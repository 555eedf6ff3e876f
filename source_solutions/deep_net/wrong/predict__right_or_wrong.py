"""The answers are compared with the labels, and the result of this comparison is returned: 1 where the network is
right. Where the label is 0 the entry is the opposite of the answer."""

import numpy as np

from source_solutions.deep_net import L_model_forward


def predict(X, y, parameters):
    probas, caches = L_model_forward(X, parameters)
    p = probas > 0.5
    p = (p == y).astype(int)
    print("Accuracy:", np.mean(p))
    return p
