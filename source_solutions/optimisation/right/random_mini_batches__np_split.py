"""np.split of the order at the multiples of the size, lists in place of tuples, Python's random."""

import random


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    order = list(range(X.shape[1]))
    random.Random(seed).shuffle(order)
    cuts = np.arange(mini_batch_size, len(order), mini_batch_size)
    return [[X[:, part], Y[:, part]] for part in np.split(np.array(order), cuts)]
