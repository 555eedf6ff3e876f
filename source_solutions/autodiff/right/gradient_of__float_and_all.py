"""The cost as a Python float, and the gradients of every node, more than were asked for."""


def gradient_of(tape, inputs, last, wrt):
    v = run(tape, inputs)
    found = backward(tape, v, last)
    grads = {f"d{name}": found.get(name, 0 * value) for name, value in v.items()}
    return float(v[last]), grads
