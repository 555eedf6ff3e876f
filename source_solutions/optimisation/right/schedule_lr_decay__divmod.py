"""divmod, and update_lr for the number of the interval."""


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    interval, _rest = divmod(epoch_num, time_interval)
    return update_lr(learning_rate0, interval, decay_rate)
