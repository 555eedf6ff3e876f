"""np.broadcast_to of one number, divided by np.prod of the shape."""


def distribute_value(dz, shape):
    return np.broadcast_to(dz / np.prod(shape), shape)
