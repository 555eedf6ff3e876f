"""The product theta * x is sent through a sigmoid, as in the neuron of lesson 02. The returned J is wrong."""

import numpy as np

from source_solutions.gradient_checking import sigmoid


def forward_propagation(x, theta):
    z = np.dot(theta, x)
    J = sigmoid(z)
    return J
