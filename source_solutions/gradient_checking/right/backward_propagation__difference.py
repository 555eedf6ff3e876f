"""Uses that J is a straight line: J(1) - J(0), with its own J."""


def backward_propagation(x, theta):
    J = lambda t: x * t
    dtheta = J(1) - J(0)
    return dtheta
