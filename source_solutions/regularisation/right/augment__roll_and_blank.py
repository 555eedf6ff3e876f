"""np.roll of each image, then zeros over what came round; flips by rng.choice; a float result."""


def augment(images, rng, max_shift=1):
    result = np.zeros(images.shape)
    for i, image in enumerate(images):
        if rng.choice([True, False]):
            image = np.flip(image, axis=1)
        down, right = rng.integers(-max_shift, max_shift, size=2, endpoint=True)
        moved = np.roll(image, (down, right), axis=(0, 1)).astype(float)
        if down > 0:
            moved[:down] = 0
        elif down < 0:
            moved[down:] = 0
        if right > 0:
            moved[:, :right] = 0
        elif right < 0:
            moved[:, right:] = 0
        result[i] = moved
    return result
