"""Returns difference: a number from 0 to 1 -- for tiny gradients always one near 0"""


def gradient_check(x, theta, epsilon=1e-7):
    slope = (forward_propagation(x, theta + epsilon) - forward_propagation(x, theta - epsilon)) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    return abs(grad - slope) / (abs(grad) + abs(slope) + 1e-8)
