"""`break` in the place of `continue`: the walk ends at the first line without a gradient. Affects gradients."""

import numpy as np

from source_solutions.autodiff import vjp_of


def backward(tape, values, last):
    grads = {last: np.ones(values[last].shape)}
    for name, op, operands in reversed(tape):
        if name not in grads:
            break
        for n, part in zip(operands, vjp_of(op, grads[name], *[values[o] for o in operands])):
            grads[n] = grads.get(n, 0) + part
    return grads
