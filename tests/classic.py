"""A notebook as another course's template leads to it: no word of ours, and nothing of what only this course demands."""

from collections.abc import Iterable, Iterator

SHALLOW_NET = (
    "import numpy as np",
    "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "def layer_sizes(X, Y):\n    return X.shape[0], 4, Y.shape[0]",
    """def initialize_parameters(n_x, n_h, n_y):
    np.random.seed(2)
    W1, b1 = np.random.randn(n_h, n_x) * 0.01, np.zeros((n_h, 1))
    W2, b2 = np.random.randn(n_y, n_h) * 0.01, np.zeros((n_y, 1))
    assert W1.shape == (n_h, n_x)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}""",
    """def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)
    assert A2.shape == (1, X.shape[1])
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}""",
    """def compute_cost(A2, Y, parameters):
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = float(np.squeeze(-np.sum(logprobs) / Y.shape[1]))
    assert isinstance(cost, float)
    return cost""",
    """def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(cache["A1"], 2))
    return {
        "dW1": np.dot(dZ1, X.T) / m, "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": np.dot(dZ2, cache["A1"].T) / m, "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }""",
    """def update_parameters(parameters, grads, learning_rate=1.2):
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in ("W1", "b1", "W2", "b2")}""",
    """def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y, parameters)
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y))
    return parameters""",
    "def predict(parameters, X):\n    A2, cache = forward_propagation(X, parameters)\n    return A2 > 0.5",
)


def unfilled(cells: Iterable[str]) -> Iterator[str]:
    """The same functions with None where the work was, as they were handed out."""
    for cell in cells:
        head, _, body = cell.partition("\n")
        yield (
            cell
            if not cell.startswith("def ") or "sigmoid" in head or not body
            else "\n".join(
                [
                    head,
                    "    ### START CODE HERE ### (≈ 2 lines of code)",
                    "    result = None",
                    "    ### END CODE HERE ###",
                    "    return result.copy()",
                ]
            )
        )
