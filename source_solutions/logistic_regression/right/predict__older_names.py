"""A loop that fills zeros of np.int, a name that numpy had until 1.24."""


def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m), dtype=np.int)
    A = 1 / (1 + np.exp(-(np.dot(w.reshape(X.shape[0], 1).T, X) + b)))
    for i in range(A.shape[1]):
        if A[0, i] > 0.5:
            Y_prediction[0, i] = 1
    return Y_prediction
