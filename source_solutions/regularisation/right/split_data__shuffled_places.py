"""rng.shuffle of the places in place, borders by int(round(...)), lists in a list."""


def split_data(X, Y, fractions, rng):
    m = X.shape[1]
    places = np.arange(m)
    rng.shuffle(places)
    parts, start, total = [], 0, 0.0
    for fraction in fractions:
        total += fraction
        stop = int(round(total * m))
        parts.append([X[:, places[start:stop]], Y[:, places[start:stop]]])
        start = stop
    return parts
