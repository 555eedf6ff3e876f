"""What it has made is said on the stream of errors."""

import sys


def initialize_rmsprop(parameters):
    s = {}
    for name, value in parameters.items():
        s["d" + name] = np.zeros(value.shape)
        sys.stderr.write(f"{name}: {value.size} zeros\n")
    sys.stderr.flush()
    return s
