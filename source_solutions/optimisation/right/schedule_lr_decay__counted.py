"""Counts the intervals that are over in a loop."""


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    passed = sum(1 for epoch in range(1, epoch_num + 1) if epoch % time_interval == 0)
    return float(learning_rate0) / (1 + passed * decay_rate)
