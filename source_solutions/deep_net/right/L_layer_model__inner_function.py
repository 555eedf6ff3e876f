"""A nested function for one step, the costs as an array, and the gradients returned as well."""


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False, parameters=None):
    parameters = parameters or initialize_parameters_deep(layers_dims)

    def step():
        nonlocal parameters
        AL, caches = L_model_forward(X, parameters)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        return float(np.squeeze(compute_cost(AL, Y))), grads

    history = [step() for _ in range(num_iterations)]
    costs = np.array([cost for cost, _ in history[::100]])
    return parameters, costs, history[-1][1]
