"""np.clip from below only, on a copy of the argument."""

import copy


def relu(x):
    a = copy.deepcopy(x)
    return np.clip(a, 0, None)
