"""One step too many."""


def power_method(A, v, steps):
    u = v
    for _t in range(steps + 1):
        u = step(A, u)
    return rayleigh(A, u), u
