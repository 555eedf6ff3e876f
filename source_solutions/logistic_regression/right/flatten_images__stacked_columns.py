"""np.column_stack over a list of ravelled pictures."""


def flatten_images(images):
    return np.column_stack([image.ravel() for image in images])
