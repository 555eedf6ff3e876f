"""The function propagate is called again after w has moved, and b moves by the gradient of the new place. Already
after the first step b, grads and cost are wrong (w is still right); with more steps everything is."""

import numpy as np

from source_solutions.logistic_regression import propagate


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        grads, cost = propagate(w, b, X, Y)
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs
