"""Index arrays of all windows, np.add.at for the parts that overlap, einsum for dW."""


def conv_backward(dZ, cache):
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    f = W.shape[0]
    rows = stride * np.arange(dZ.shape[1])[:, None] + np.arange(f)
    columns = stride * np.arange(dZ.shape[2])[:, None] + np.arange(f)
    index = (slice(None), rows[:, None, :, None], columns[None, :, None, :])
    A_pad = np.pad(A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    dA_pad = np.zeros(A_pad.shape)
    np.add.at(dA_pad, index, np.einsum("nhwk,uvck->nhwuvc", dZ, W))
    dW = np.einsum("nhwuvc,nhwk->uvck", A_pad[index], dZ, optimize=True)
    db = np.einsum("nhwk->k", dZ).reshape(1, 1, 1, -1)
    n_H, n_W = A_prev.shape[1], A_prev.shape[2]
    return dA_pad[:, pad : n_H + pad, pad : n_W + pad], dW, db
