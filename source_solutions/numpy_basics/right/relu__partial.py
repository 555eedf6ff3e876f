"""The larger one of zero and x, made by filling in the first argument of numpy's function."""

from functools import partial

relu = partial(np.maximum, 0.0)
