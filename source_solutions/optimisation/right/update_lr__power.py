"""The power -1, of numpy numbers."""


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 * np.power(1.0 + decay_rate * epoch_num, -1)
