"""numpy's own covariance, which wants the quantities in rows."""


def covariance(X):
    return np.cov(X, rowvar=False)
