"""Marks only the first place of the maximum, found with argmax: where the maximum occurs several times, the other
places are False."""

import numpy as np


def create_mask_from_window(x):
    mask = np.zeros(x.shape, dtype=bool)
    place = np.argmax(x)
    mask[np.unravel_index(place, x.shape)] = True
    return mask
