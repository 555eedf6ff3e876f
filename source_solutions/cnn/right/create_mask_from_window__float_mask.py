"""np.where with 1.0 and 0.0, of a difference that is 0."""


def create_mask_from_window(x):
    return np.where(x - x.max() >= 0, 1.0, 0.0)
