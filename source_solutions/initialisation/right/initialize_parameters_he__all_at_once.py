"""Draws all numbers in one go and cuts them into matrices."""


def initialize_parameters_he(layers_dims):
    sizes = np.asarray(layers_dims)
    counts = sizes[1:] * sizes[:-1]
    pieces = np.split(np.random.randn(counts.sum()), np.cumsum(counts)[:-1])
    parameters = {}
    for l, piece in enumerate(pieces, start=1):
        parameters["W" + str(l)] = piece.reshape(sizes[l], sizes[l - 1]) * np.sqrt(2 / sizes[l - 1])
        parameters["b" + str(l)] = np.zeros((sizes[l], 1))
    return parameters
