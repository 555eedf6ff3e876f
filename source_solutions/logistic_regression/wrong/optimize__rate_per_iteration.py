"""The learning rate is divided by the number of the iteration, an invention of the student: from the second step on,
all steps are too short. params and grads are wrong, and costs from the second one on."""

import numpy as np

from nnlab.given.logistic_regression import propagate


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        alpha = learning_rate / (i + 1)
        step_w, step_b = alpha * grads["dw"], alpha * grads["db"]
        w, b = w - step_w, b - step_b
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs
