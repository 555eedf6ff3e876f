"""The matrix holds bytes, so pixels between 0 and 1 lose their fractions. Affects X."""

import numpy as np


def flatten_images(images):
    m, H, W, C = images.shape
    X = np.zeros((H * W * C, m), dtype=np.uint8)
    for i in range(m):
        X[:, i] = images[i].ravel()
    return X
