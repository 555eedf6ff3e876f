"""A learning rate of its own, without default, before the number of steps; the costs are drawn at the end."""

import matplotlib.pyplot as plt


def nn_model(X, Y, n_h, learning_rate, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    costs = []
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost and i % 1000 == 0:
            print("Cost after iteration %i: %f" % (i, costs[-1]))
    if print_cost:
        plt.plot(np.squeeze(costs))
        plt.title("Learning rate = " + str(learning_rate))
        plt.show()
    return parameters
