"""The product is taken the other way round, X.T @ w, so the answers stand in a column (m, 1) instead of a row (1, m).
The answers themselves are right."""

import numpy as np

from source_solutions.logistic_regression import sigmoid


def predict(w, b, X):
    probability = sigmoid(X.T @ w + b)
    Y_prediction = np.where(probability > 0.5, 1, 0)
    return Y_prediction
