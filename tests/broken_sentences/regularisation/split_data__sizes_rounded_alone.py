"""each column of X in one part, with its own label -- and some columns are in no part"""


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    order, parts, first = rng.permutation(m), [], 0
    for fraction in fractions:
        size = round(m * fraction)
        some = order[first : first + size]
        parts.append((X[:, some], Y[:, some]))
        first += size
    return tuple(parts)
