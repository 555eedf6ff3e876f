"""The bias is added as it comes, an array of one entry; so the step returns one too."""


def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s)
    return Z + b
