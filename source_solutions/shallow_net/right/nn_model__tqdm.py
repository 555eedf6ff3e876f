"""A progress bar around the loop, as in the lesson's own cells."""

from tqdm.auto import tqdm


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _n, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for _ in tqdm(range(num_iterations), desc="training", disable=not print_cost):
        A2, cache = forward_propagation(X, parameters)
        compute_cost(A2, Y)
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y))
    return parameters
