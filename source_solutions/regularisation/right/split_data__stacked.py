"""One matrix of X and Y whose columns are permuted together; the labels come out as floats."""


def split_data(X, Y, fractions, rng):
    both = rng.permutation(np.concatenate([X, Y], axis=0), axis=1)
    ends = [int(sum(fractions[: k + 1]) * X.shape[1] + 0.5) for k in range(len(fractions))]
    starts = [0, *ends[:-1]]
    return tuple((both[:-1, a:b], both[-1:, a:b]) for a, b in zip(starts, ends))
