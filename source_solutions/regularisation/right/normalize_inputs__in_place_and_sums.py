"""In place on copies, mean and variance by sums, np.divide with where=."""


def normalize_inputs(*parts):
    m = parts[0].shape[1]
    mu = np.sum(parts[0], axis=1, keepdims=True) / m
    variance = np.sum((parts[0] - mu) ** 2, axis=1, keepdims=True) / m
    level = np.all(parts[0] == parts[0][:, :1], axis=1, keepdims=True)
    out = []
    for X in parts:
        X = np.array(X, dtype=float)
        X -= mu
        X = np.divide(X, np.sqrt(variance), out=np.zeros_like(X), where=~level)
        out.append(X)
    return tuple(out)
