"""The loop runs over `A.shape[0]`, which is 1, so only the first example gets an answer. All other answers stay 0,
also where they should be 1."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[0]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
        else:
            Y_prediction[0, i] = 0
    return Y_prediction
