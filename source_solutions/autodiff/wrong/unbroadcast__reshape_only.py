"""Summed over the front, then reshaped, with the axes of size 1 dropped by a plain sum. Affects grad with (1, 1)."""


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis in range(len(shape)):
        if shape[axis] == 1:
            g = g.sum(axis=axis)
    return g
