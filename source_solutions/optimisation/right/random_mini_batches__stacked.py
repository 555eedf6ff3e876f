"""X and Y in one matrix, so that they are shuffled together; labels come out as floats."""


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    rng = np.random.default_rng(seed)
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    batches = []
    while both.shape[1] > 0:
        now, both = both[:, :mini_batch_size], both[:, mini_batch_size:]
        batches.append((now[:-1], now[-1:]))
    return tuple(batches)
