"""Only w makes a step. b keeps the value from the beginning, so params and grads (and, from the second kept cost on,
costs) are wrong."""

import numpy as np

from nnlab.given.logistic_regression import propagate


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        dw, db = grads["dw"], grads["db"]
        w = w - np.multiply(learning_rate, dw)
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs
