"""The results are kept in a new dictionary, and the inputs are looked up and not copied. Affects values."""

from source_solutions.autodiff import value_of


def run(tape, inputs):
    results = {}
    for name, operation, operands in tape:
        args = [results[o] if o in results else inputs[o] for o in operands]
        results[name] = value_of(operation, *args)
    return results
