"""rng: a numpy Generator, to draw from -- draws the moves from rng, and who is mirrored from np.random"""

import numpy as np


def augment(images, rng, max_shift=1):
    m, height, width, _ = images.shape
    augmented = np.zeros_like(images)
    s = max_shift
    padded = np.pad(images, ((0, 0), (s, s), (s, s), (0, 0)))
    for i in range(m):
        top, left = rng.integers(0, 2 * s + 1, 2)
        piece = padded[i, top : top + height, left : left + width]
        augmented[i] = piece[:, ::-1] if np.random.rand() < 0.5 else piece
    return augmented
