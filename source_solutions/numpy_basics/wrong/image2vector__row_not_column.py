"""Returns a row (1, H * W * C) in place of a column: image_as_column has the wrong shape."""

import numpy as np


def image2vector(image):
    pixels = []
    for row in image:
        for pixel in row:
            for channel in pixel:
                pixels.append(channel)
    image_as_column = np.array([pixels])
    return image_as_column
