"""s = a * W, Z = np.sum(s), Z + b, so that an array of shape (1, 1, 1) comes back."""


def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W)
    Z = np.sum(s)
    Z = Z + b
    return Z
