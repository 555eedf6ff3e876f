"""Only axes of size 1 are added, counted from the left of g. Affects grad where axes are missing in front."""


def unbroadcast(g, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g
