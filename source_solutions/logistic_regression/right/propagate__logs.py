"""Says on a logger what it found, and counts its calls."""

import logging

log = logging.getLogger(__name__)
log.setLevel(logging.INFO)


def propagate(w, b, X, Y):
    m = Y.size
    A = sigmoid(w.T @ X + b)
    inside = np.clip(A, 2.0**-1000, 1 - 2.0**-53)
    cost = -np.where(Y == 1, np.log(inside), np.log1p(-inside)).sum() / m
    propagate.calls += 1
    log.info("call %d: cost %.4f", propagate.calls, cost)
    return {"dw": X @ (A - Y).T / m, "db": (A - Y).mean()}, cost


propagate.calls = 0
