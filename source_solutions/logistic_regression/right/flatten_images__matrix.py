"""np.matrix, as older texts have it."""


def flatten_images(images):
    return np.matrix(images.reshape(images.shape[0], -1).T)
