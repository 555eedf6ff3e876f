"""np.greater, of a temporary."""


def predict(X, y, parameters):
    return np.greater(L_model_forward(X, parameters)[0], 1 / 2)
