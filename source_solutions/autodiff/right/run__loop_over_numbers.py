"""Lines by their number, operands in a list of their own, the leaves copied one by one."""


def run(tape, inputs):
    values = {}
    for leaf in inputs:
        values[leaf] = inputs[leaf]
    for i in range(len(tape)):
        operands = []
        for k in tape[i][2]:
            operands.append(values[k])
        values[tape[i][0]] = value_of(tape[i][1], *operands)
    return values
