"""float() of an array of one entry, which numpy allowed until 2.4."""


def conv_single_step(a_slice_prev, W, b):
    return float(b) + np.sum(a_slice_prev * W)
