"""The singular values of the centred cloud, without a covariance."""


def variances(X, k):
    s = np.linalg.svd(X - X.mean(0), compute_uv=False)
    return s[:k] ** 2 / (X.shape[0] - 1)
