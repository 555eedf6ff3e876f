"""A loop that puts one picture into one column after the other, as floats."""


def flatten_images(images):
    m = images.shape[0]
    X = np.zeros((images[0].size, m))
    for i in range(m):
        X[:, i] = images[i].ravel()
    return X
