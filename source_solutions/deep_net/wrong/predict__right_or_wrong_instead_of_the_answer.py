"""The answers are compared with the labels, and 1 for a right answer, 0 for a wrong one is returned. So p is wrong in
every column whose label is 0, and right where it is 1."""

import numpy as np

from source_solutions.deep_net import L_model_forward


def predict(X, y, parameters):
    probabilities, caches = L_model_forward(X, parameters)
    p = np.where(probabilities > 0.5, 1, 0)
    p = (p == y).astype(int)
    print("Accuracy: " + str(np.mean(p)))
    return p
