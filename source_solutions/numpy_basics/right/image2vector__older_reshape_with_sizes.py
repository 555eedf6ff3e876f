"""The line of older courses: reshape with the product of the three sizes, and type hints."""


def image2vector(image: np.ndarray) -> np.ndarray:
    v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)
    return v
