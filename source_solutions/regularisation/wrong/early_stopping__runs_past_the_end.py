"""The loop goes on until the patience is used up and does not look at the length of the list. Where the list ends
before that, there is an IndexError; otherwise the index is right."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    i = 0
    bad = 0
    while bad < patience:
        i += 1
        if dev_costs[i] < dev_costs[best]:
            best = i
            bad = 0
        else:
            bad += 1
    return best
