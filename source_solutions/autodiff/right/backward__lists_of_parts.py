"""The parts of each node are kept in a list and added when the walk comes to it."""


def backward(tape, values, last):
    parts = {last: [np.ones(np.shape(values[last]))]}
    made = {name: (operation, operands) for name, operation, operands in tape}
    for name in reversed([line[0] for line in tape]):
        if not parts.get(name):
            continue
        operation, operands = made[name]
        g = sum(parts[name])
        for n, part in zip(operands, vjp_of(operation, g, *[values[n] for n in operands])):
            parts.setdefault(n, []).append(part)
    return {name: sum(found) for name, found in parts.items()}
