"""np.divide, returned as an array of shape (1, 1)."""


def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = (1 / (1 + decay_rate * epoch_num)) * learning_rate0
    return np.array([[learning_rate]])
