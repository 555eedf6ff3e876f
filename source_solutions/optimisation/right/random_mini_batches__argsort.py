"""The order of sorted random numbers, drawn without a seed; take along axis 1."""


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = np.size(Y)
    order = np.argsort(np.random.rand(m))
    number = int(np.ceil(m / mini_batch_size))
    return [
        tuple(np.take(M, order[k * mini_batch_size : (k + 1) * mini_batch_size], axis=1) for M in (X, Y))
        for k in range(number)
    ]
