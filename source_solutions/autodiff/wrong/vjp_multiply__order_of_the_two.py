"""The two gradients are returned the wrong way round. Affects da and db."""

from source_solutions.autodiff import unbroadcast


def vjp_multiply(g, a, b):
    da = unbroadcast(g * b, a.shape)
    db = unbroadcast(g * a, b.shape)
    return db, da
