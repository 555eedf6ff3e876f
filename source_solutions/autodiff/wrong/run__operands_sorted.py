"""The operands are sorted by name before they are looked up. Affects values."""

from source_solutions.autodiff import value_of


def run(tape, inputs):
    values = {**inputs}
    for name, operation, operands in tape:
        values[name] = value_of(operation, *[values[o] for o in sorted(operands)])
    return values
