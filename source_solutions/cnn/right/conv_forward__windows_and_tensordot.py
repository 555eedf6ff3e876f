"""Two loops over the places, np.tensordot for all examples and filters, np.floor for the sizes."""


def conv_forward(A_prev, W, b, hparameters):
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    n_H, n_W = (int(np.floor((n + 2 * pad - f) / stride + 1)) for n in (n_H_prev, n_W_prev))
    padded = zero_pad(A_prev, pad)
    Z = np.empty((m, n_H, n_W, W.shape[-1]))
    for h in range(n_H):
        for w in range(n_W):
            window = padded[:, h * stride : h * stride + f, w * stride : w * stride + f]
            Z[:, h, w] = np.tensordot(window, W, axes=3) + b.ravel()
    return Z, [A_prev, W, b, hparameters]
