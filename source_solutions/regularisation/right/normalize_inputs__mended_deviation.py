"""The deviation is set to 1 where it is tiny; a list of results."""


def normalize_inputs(X_train, *others):
    mu = X_train.mean(axis=1).reshape(-1, 1)
    sigma = X_train.std(axis=1).reshape(-1, 1)
    sigma[sigma < 1e-12] = 1
    normalized = []
    for X in (X_train,) + others:
        normalized.append((X - mu) / sigma)
    return normalized
