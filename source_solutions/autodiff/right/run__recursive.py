"""Each node computes its operands first, and remembers what it has."""


def run(tape, inputs):
    made = {line[0]: line[1:] for line in tape}
    values = {**inputs}

    def value(name):
        if name not in values:
            operation, operands = made[name]
            values[name] = value_of(operation, *map(value, operands))
        return values[name]

    for name in made:
        value(name)
    return values
