"""A loop over the places, whole numbers of eight bits."""


def create_mask_from_window(x):
    top = max(max(row) for row in x)
    mask = np.zeros(x.shape, dtype=np.int8)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] == top:
                mask[i, j] = 1
    return mask
