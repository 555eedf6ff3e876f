"""x times the boolean mask, which gives -0.0 for negative numbers."""


def relu(x):
    return x * (x > 0)
