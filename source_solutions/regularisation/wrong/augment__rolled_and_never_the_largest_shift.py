"""Two slips: `np.roll` brings the pixels that leave on one side in again on the other instead of 0, and the upper end
of `rng.integers` is not included, so no image is ever moved by +max_shift. The mirror images are right."""

import numpy as np


def augment(images, rng, max_shift=1):
    m, height, width, _ = images.shape
    augmented = np.zeros_like(images)
    for i in range(m):
        image = images[i]
        down = rng.integers(-max_shift, max_shift)
        right = rng.integers(-max_shift, max_shift)
        image = np.roll(image, (down, right), axis=(0, 1))
        if rng.random() < 0.5:
            image = image[:, ::-1, :]
        augmented[i] = image
    return augmented
