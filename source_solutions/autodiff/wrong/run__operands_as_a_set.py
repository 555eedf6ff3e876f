"""Each operand is looked up once, even if the line has it twice. Affects values."""

from source_solutions.autodiff import value_of


def run(tape, inputs):
    values = {**inputs}
    for name, operation, operands in tape:
        needed = list(dict.fromkeys(operands))
        values[name] = value_of(operation, *[values[o] for o in needed])
    return values
