"""np.vdot of both blocks, the bias with .squeeze() and float()."""


def conv_single_step(a_slice_prev, W, b):
    Z = np.vdot(a_slice_prev, W) + float(b.squeeze())
    return Z
