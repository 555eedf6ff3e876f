"""A loop with if and else."""


def gradient_of(tape, inputs, last, wrt):
    values = run(tape, inputs)
    all_grads = backward(tape, values, last)
    grads = {}
    for name in wrt:
        if name in all_grads:
            grads["d" + name] = all_grads[name]
        else:
            grads["d" + name] = np.zeros_like(values[name], dtype=float)
    return values[last], grads
