"""Functions of earlier lessons. Built by `grader build`, never edited."""

from nnlab.given.logistic_regression import flatten_images, standardize
from nnlab.given.numpy_basics import relu, sigmoid

__all__ = ["flatten_images", "relu", "sigmoid", "standardize"]
