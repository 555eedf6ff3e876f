"""Lines from the end by a slice, `in` and if/else, zip left out."""


def backward(tape, values, last):
    grads = {}
    grads[last] = np.ones_like(values[last], dtype=float)
    for line in tape[::-1]:
        name, operation, operands = line
        if name in grads:
            g = grads[name]
            parts = vjp_of(operation, g, *[values[n] for n in operands])
            for i in range(len(operands)):
                n = operands[i]
                if n in grads:
                    grads[n] = grads[n] + parts[i]
                else:
                    grads[n] = parts[i]
    return grads
