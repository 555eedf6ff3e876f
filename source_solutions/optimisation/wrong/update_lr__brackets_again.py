"""The brackets of the denominator are missing: the learning rate is divided by 1, and then decay_rate * epoch_num is
added, so it grows. It is right in epoch 0 only."""

import numpy as np


def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = learning_rate0 / 1 + decay_rate * epoch_num
    return learning_rate
