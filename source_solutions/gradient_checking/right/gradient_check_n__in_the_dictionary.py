"""Moves the entries in copies of the dictionary itself, key by key, without the helpers of the lesson."""

import copy
from itertools import product


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    measured, given = [], []
    for name, array in parameters.items():
        for place in product(*map(range, array.shape)):
            costs = []
            for sign in (+1, -1):
                moved = copy.deepcopy(parameters)
                moved[name][place] += sign * epsilon
                costs.append(forward_propagation_n(X=X, Y=Y, parameters=moved)[0])
            measured.append((costs[0] - costs[1]) / (2 * epsilon))
            given.append(gradients["d" + name][place])
    measured, given = np.array(measured), np.array(given)
    return np.linalg.norm(given - measured) / (np.linalg.norm(given) + np.linalg.norm(measured))
