"""The line of older courses, with all sizes written out."""


def flatten_images(train_set_x_orig):
    m, H, W, C = train_set_x_orig.shape
    train_set_x_flatten = train_set_x_orig.reshape(m, H * W * C).T
    return train_set_x_flatten
