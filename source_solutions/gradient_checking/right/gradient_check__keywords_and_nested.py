"""A nested function of one number, keywords, the builtin abs, a plain float."""


def gradient_check(x, theta, epsilon=1e-7):
    def J(t):
        return forward_propagation(x=x, theta=t)

    g_hat = 0.5 * (J(theta + epsilon) - J(theta - epsilon)) / epsilon
    g = backward_propagation(theta=theta, x=x)
    return float(abs(g - g_hat) / (abs(g) + abs(g_hat)))
