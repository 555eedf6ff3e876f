"""Keywords everywhere, ** of two dictionaries, extra entries, numbers as numpy scalars."""


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    dim = len(X_train)
    start = dict(zip(("w", "b"), initialize_with_zeros(dim)))
    params, grads, costs = optimize(
        **start, X=X_train, Y=Y_train, num_iterations=num_iterations, learning_rate=learning_rate
    )
    answers = {f"Y_prediction_{part}": predict(**params, X=X) for part, X in (("train", X_train), ("test", X_test))}
    settings = {"learning_rate": np.float64(learning_rate), "num_iterations": np.int64(num_iterations)}
    return {**params, **answers, **settings, "costs": np.array(costs), "grads": grads, "m": X_train.shape[1]}
