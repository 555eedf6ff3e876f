"""Brackets are missing: learning_rate0 / 1 + decay_rate * epoch_num, so the rate grows from epoch to epoch."""

import numpy as np


def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = learning_rate0 / 1 + decay_rate * epoch_num
    return learning_rate
