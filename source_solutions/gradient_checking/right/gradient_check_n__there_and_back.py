"""One column that is moved up, down twice and back again in place, and sums of squares in place of norms."""


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    theta = dictionary_to_vector(parameters).astype(float).copy()
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters]).ravel()
    slopes = []
    for i in range(len(theta)):
        old = theta[i, 0]
        theta[i, 0] = old + epsilon
        up = forward_propagation_n(X, Y, vector_to_dictionary(theta, parameters))[0]
        theta[i, 0] = old - epsilon
        down = forward_propagation_n(X, Y, vector_to_dictionary(theta, parameters))[0]
        theta[i, 0] = old
        slopes.append(float(up - down) / 2 / epsilon)
    approx = np.asarray(slopes)
    length = lambda v: np.sqrt((v**2).sum())
    return length(grad - approx) / (length(grad) + length(approx))
