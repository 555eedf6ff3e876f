"""Its own loop over the functions for any depth; returns only the parameters."""


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    n_x, n_h, n_y = layers_dims
    parameters = initialize_parameters(n_x=n_x, n_h=n_h, n_y=n_y)
    while num_iterations:
        AL, caches = L_model_forward(X, parameters)
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
        num_iterations -= 1
    return parameters
