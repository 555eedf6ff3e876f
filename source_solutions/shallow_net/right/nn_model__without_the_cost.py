"""Computes the cost only where it is printed, checks the shapes of the gradients, and rounds nothing."""


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    sizes = layer_sizes(X, Y)
    parameters = initialize_parameters(sizes[0], n_h, sizes[-1])
    i = 0
    while i < num_iterations:
        A2, cache = forward_propagation(X, parameters)
        if print_cost and not i % 1000:
            print(i, compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        for name, value in parameters.items():
            assert grads["d" + name].shape == value.shape
        parameters = update_parameters(parameters, grads)
        i = i + 1
    return parameters
