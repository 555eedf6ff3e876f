"""The two results of `propagate` are unpacked in the wrong order, so `grads` is the cost, a number. Looking up "dw"
in it raises a TypeError or IndexError in the first iteration."""

import numpy as np

from source_solutions.logistic_regression import propagate


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        cost, grads = propagate(w, b, X, Y)
        dw = grads["dw"]
        db = grads["db"]
        w = w - learning_rate * dw
        b = b - learning_rate * db
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs
