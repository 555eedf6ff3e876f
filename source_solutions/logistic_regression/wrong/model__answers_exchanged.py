"""Two mistakes. The answers for training and test are exchanged. And the learning rate 0.5 is written out, so the
argument is ignored: w, b and costs are wrong for any other rate."""

import numpy as np

from nnlab.given.logistic_regression import initialize_with_zeros, optimize, predict


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, 0.5, print_cost)
    w = params["w"]
    b = params["b"]
    Y_prediction_train = predict(w, b, X_test)
    Y_prediction_test = predict(w, b, X_train)
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }
