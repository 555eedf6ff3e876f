"""A while loop counted by hand, with copies, and the costs as an array."""

import copy


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    w, b = copy.deepcopy(w), copy.deepcopy(b)
    costs, step = np.array([]), 0
    while step < num_iterations:
        grads, J = propagate(w, b, X, Y)
        if not step % 100:
            costs = np.append(costs, J)
        w, b = w - learning_rate * grads["dw"], b - learning_rate * grads["db"]
        step += 1
    return {"w": w, "b": b}, grads, costs
