"""The examples become the last axis, then one reshape."""


def flatten_images(images):
    moved = np.moveaxis(images, 0, -1)
    return moved.reshape(-1, images.shape[0])
