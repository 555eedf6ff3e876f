"""Zeros for every node first; a line with a gradient of 0 is walked all the same."""


def backward(tape, values, last):
    grads = {name: np.zeros(np.shape(value)) for name, value in values.items()}
    grads[last] = np.array(1.0)
    for i in range(len(tape) - 1, -1, -1):
        name, operation, operands = tape[i]
        for n, part in zip(operands, vjp_of(operation, grads[name], *(values[n] for n in operands))):
            grads[n] = grads[n] + part
    return grads
