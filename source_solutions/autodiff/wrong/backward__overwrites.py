"""What was there is overwritten by the last way. Affects a node used twice, and one array for two nodes."""

import numpy as np

from source_solutions.autodiff import vjp_of


def backward(tape, values, last):
    grads = {last: np.ones_like(values[last])}
    for name, op, operands in reversed(tape):
        if name in grads:
            for n, part in zip(operands, vjp_of(op, grads[name], *[values[o] for o in operands])):
                grads[n] = part
    return grads
