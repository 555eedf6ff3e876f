"""Each operand gets half of the gradient, as if they shared it. Affects da and db."""

from source_solutions.autodiff import unbroadcast


def vjp_add(g, a, b):
    return unbroadcast(g / 2, a.shape), unbroadcast(g / 2, b.shape)
