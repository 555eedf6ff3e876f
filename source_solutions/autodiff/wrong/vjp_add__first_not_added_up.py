"""Only the second operand is thought to be the small one. Affects da."""

from source_solutions.autodiff import unbroadcast


def vjp_add(g, a, b):
    return g, unbroadcast(g, b.shape)
