"""Convolution, forward and backward: the four loops that are taught, the course's fast form, scipy, PyTorch, one GEMM.

Runs in the environment of the peers, `benchmarks/peers.py` says how; prints JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import numpy as np
import scipy.signal
import torch

from benchmarks.measuring import Timings, in_turns, machine, versions
from source_solutions import cnn

# (m, n_H, n_W, n_C), filter, number of filters, pad
LAYERS = {
    "(32, 28, 28, 8), 16 filters of 3x3": ((32, 28, 28, 8), 3, 16, 0),
    "(10, 64, 64, 3), 8 filters of 5x5, pad 2": ((10, 64, 64, 3), 5, 8, 2),
}


class Layer:
    """One layer's input, filters, bias and the gradient that comes back to it."""

    def __init__(self, shape: tuple[int, int, int, int], f: int, n_C: int, pad: int, dtype: type) -> None:
        rng = np.random.default_rng(0)
        n_H, n_W = shape[1] + 2 * pad - f + 1, shape[2] + 2 * pad - f + 1
        self.A, self.W, self.b, self.dZ = (
            rng.normal(size=size).astype(dtype)
            for size in (shape, (f, f, shape[3], n_C), (1, 1, 1, n_C), (shape[0], n_H, n_W, n_C))
        )
        self.pad = pad
        self.hparameters = {"stride": 1, "pad": pad}

    def loops(self) -> object:
        _, cache = cnn.conv_forward(self.A, self.W, self.b, self.hparameters)
        return cnn.conv_backward(self.dZ, cache)

    def fast(self) -> object:
        _, cache = cnn.conv_forward_fast(self.A, self.W, self.b, self.hparameters)
        return cnn.conv_backward_fast(self.dZ, cache)

    def torch(self) -> Callable[[], object]:
        """PyTorch has the channels first; they are brought there before the clock runs."""
        A, W, dZ = (
            torch.tensor(np.ascontiguousarray(x.transpose(axes)))
            for x, axes in ((self.A, (0, 3, 1, 2)), (self.W, (3, 2, 0, 1)), (self.dZ, (0, 3, 1, 2)))
        )
        b = torch.tensor(self.b.ravel())
        for leaf in (A, W, b):
            leaf.requires_grad_()

        def run() -> object:
            A.grad = W.grad = b.grad = None
            torch.nn.functional.conv2d(A, W, b, padding=self.pad).backward(dZ)
            return A.grad.numpy().transpose(0, 2, 3, 1), W.grad.numpy().transpose(2, 3, 1, 0), b.grad

        return run

    def scipy(self) -> object:
        """Each pair of channels by `scipy.signal.correlate` and `convolve`."""
        P = np.pad(self.A, ((0, 0), (self.pad,) * 2, (self.pad,) * 2, (0, 0)))
        Z, dP, dW = np.zeros_like(self.dZ), np.zeros_like(P), np.zeros_like(self.W)
        for k in range(P.shape[3]):
            for c in range(self.W.shape[3]):
                w, x, d = self.W[np.newaxis, :, :, k, c], P[..., k], self.dZ[..., c]
                Z[..., c] += scipy.signal.correlate(x, w, "valid")
                dP[..., k] += scipy.signal.convolve(d, w, "full")
                dW[:, :, k, c] = scipy.signal.correlate(x, d, "valid")[0]
        return Z + self.b, dP, dW

    def products(self) -> object:
        """The three matrix products of forward and backward alone, on data laid out for them: what no way can beat."""
        return self._columns @ self._W, self._d @ self._W.T, self._columns.T @ self._d

    def lay_out(self) -> None:
        rows, width = self.dZ[..., 0].size, self.W[..., 0].size
        self._columns = np.ones((rows, width), self.A.dtype)
        self._d, self._W = self.dZ.reshape(rows, -1), self.W.reshape(width, -1)


def measure(rounds: int, threads: int) -> dict[str, Timings]:
    torch.set_num_threads(threads)
    found = {}
    for name, parts in LAYERS.items():
        for dtype in (np.float64, np.float32):
            layer = Layer(*parts, dtype)
            layer.lay_out()
            by_torch = layer.torch()
            agree(layer, by_torch)
            ways: dict[str, Callable[[], object]] = {"PyTorch": by_torch}
            if threads == 1:
                ways |= {"fast form": layer.fast, "matrix products alone": layer.products}
            timings = in_turns(ways, rounds)
            if threads == 1:
                # Seconds each, and hundreds of times longer than the others: a few runs say enough.
                timings |= in_turns({"scipy": layer.scipy, "four loops": layer.loops}, max(1, rounds // 10))
            found[f"{name}, {dtype.__name__}"] = timings
    return found


def agree(layer: Layer, by_torch: Callable[[], object]) -> None:
    """All ways compute the same. Raises AssertionError."""
    expected = by_torch()[:2]
    tolerance = 1e-2 if layer.A.dtype == np.float32 else 1e-8
    for way in (layer.fast, layer.loops):
        for one, other in zip(way()[:2], expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance)


if __name__ == "__main__":
    rounds, threads = int(sys.argv[1]), int(sys.argv[2])
    measured = measure(rounds, threads)
    about = machine() | versions("torch", "scipy") | {"threads of PyTorch": threads}
    print(json.dumps({"about": about, "timings": measured}))
