"""A loop over the rows with a nested function, map over the parts."""


def normalize_inputs(X_train, *others):
    def scaled(X):
        rows = []
        for j in range(len(X_train)):
            deviation = np.std(X_train[j]) if X_train[j].max() > X_train[j].min() else 1.0
            rows.append((X[j] - np.mean(X_train[j])) / deviation)
        return np.array(rows)

    return tuple(map(scaled, [X_train, *others]))
