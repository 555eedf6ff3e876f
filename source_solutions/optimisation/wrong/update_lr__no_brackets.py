"""The brackets below the line are missing: the rate is divided by 1, and then decay times epoch is added. It is right
at epoch 0 and grows afterwards."""

import numpy as np


def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = learning_rate0 / 1 + decay_rate * epoch_num
    return learning_rate
