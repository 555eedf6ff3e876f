"""Copies the part that stays inside with two slices; flips at the end, with a mask over all images."""


def _overlap(shift, size):
    return slice(max(shift, 0), size + min(shift, 0)), slice(max(-shift, 0), size + min(-shift, 0))


def augment(images, rng, max_shift=1):
    m, height, width, _ = images.shape
    out = np.zeros_like(images)
    for i in range(m):
        down = int(rng.integers(2 * max_shift + 1)) - max_shift
        right = int(rng.integers(2 * max_shift + 1)) - max_shift
        (to_r, from_r), (to_c, from_c) = _overlap(down, height), _overlap(right, width)
        out[i, to_r, to_c] = images[i, from_r, from_c]
    mirrored = rng.uniform(size=m) > 0.5
    out[mirrored] = out[mirrored, :, ::-1]
    return out
