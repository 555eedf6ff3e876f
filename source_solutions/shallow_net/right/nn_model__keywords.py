"""Calls the other functions with keywords, keeps the costs as plain floats and returns them too."""


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X=X, Y=Y)
    parameters, costs = initialize_parameters(n_x=n_x, n_h=n_h, n_y=n_y), []
    for i in range(num_iterations):
        A2, cache = forward_propagation(X=X, parameters=parameters)
        costs.append(np.squeeze(compute_cost(A2=A2, Y=Y)).item())
        grads = backward_propagation(parameters=parameters, cache=cache, X=X, Y=Y)
        parameters = update_parameters(parameters=parameters, grads=grads)
        if print_cost and i % 1000 == 0:
            print(f"{i}: {costs[-1]:.4f}")
    return parameters, costs
