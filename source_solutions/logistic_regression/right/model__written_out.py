"""Everything in one function, without the others: its own loop, its own cost, predictions as booleans."""


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    n_x, m = X_train.shape
    w, b, costs = np.zeros((n_x, 1)), 0, []
    for i in range(num_iterations):
        A = 1 / (1 + np.exp(-(w.T @ X_train + b)))
        if i % 100 == 0:
            costs += [-(np.log(A[Y_train == 1]).sum() + np.log(1 - A[Y_train == 0]).sum()) / m]
        w = w - learning_rate / m * X_train @ (A - Y_train).T
        b = b - learning_rate * (A - Y_train).mean()
    d = dict(costs=costs, w=w, b=b, learning_rate=learning_rate, num_iterations=num_iterations)
    d["Y_prediction_train"] = w.T @ X_train + b > 0
    d["Y_prediction_test"] = w.T @ X_test + b > 0
    return d
