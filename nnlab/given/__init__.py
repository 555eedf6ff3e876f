"""Functions of earlier lessons, ready to use in later ones."""

from nnlab.given.numpy_basics import sigmoid

__all__ = ["sigmoid"]
