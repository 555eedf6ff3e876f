"""len() in place of shape, returned in one line."""


def layer_sizes(X, Y):
    return len(X), 4, len(Y)
