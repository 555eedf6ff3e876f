"""rng.choice without replacement, the last part takes what is left."""


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order = rng.choice(m, size=m, replace=False)
    parts = ()
    for k in range(len(fractions)):
        first = int(np.round(m * np.sum(fractions[:k])))
        last = m if k == len(fractions) - 1 else int(np.round(m * np.sum(fractions[: k + 1])))
        some = order[first:last]
        parts = (*parts, (np.take(X, some, axis=1), np.take(Y, some, axis=1)))
    return parts
