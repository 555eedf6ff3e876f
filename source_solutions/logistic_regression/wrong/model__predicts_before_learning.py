"""Forgets to take w and b out of params: the answers and the returned w and b are those of the untrained neuron.
costs are right."""

import numpy as np

from nnlab.given.logistic_regression import initialize_with_zeros, optimize, predict


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    n_x, m = X_train.shape
    w, b = initialize_with_zeros(n_x)
    params, _, costs = optimize(
        w, b, X_train, Y_train, num_iterations=num_iterations, learning_rate=learning_rate, print_cost=print_cost
    )
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
