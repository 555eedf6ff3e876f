"""Each operand gets its own value as factor. Affects da and db."""

from source_solutions.autodiff import unbroadcast


def vjp_multiply(g, a, b):
    return unbroadcast(g * a, a.shape), unbroadcast(g * b, b.shape)
