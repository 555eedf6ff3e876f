"""Uses math.exp, which takes a single number: for every array it raises TypeError, and for -1000 OverflowError."""

import math

import numpy as np


def sigmoid(x):
    s = 1 / (1 + math.exp(-x))
    return s
