"""The names of the operands are handed on, not their values. Affects values."""

from source_solutions.autodiff import value_of


def run(tape, inputs):
    values = dict(inputs)
    for name, operation, operands in tape:
        values[name] = value_of(operation, *operands)
    return values
