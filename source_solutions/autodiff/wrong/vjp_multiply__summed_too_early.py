"""g is added up to the shape of the operand before it meets the other factor. Affects da and db."""

import numpy as np

from source_solutions.autodiff import unbroadcast


def vjp_multiply(g, a, b):
    da = unbroadcast(g, a.shape) * unbroadcast(b * np.ones(g.shape), a.shape)
    db = unbroadcast(g, b.shape) * unbroadcast(a * np.ones(g.shape), b.shape)
    return da, db
