"""The counter is not set back when a better cost comes: all costs that brought nothing better are counted, and not
those in a row. best is too early where the costs wobble."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    waiting = 0
    for i in range(1, len(dev_costs)):
        if dev_costs[i] < dev_costs[best]:
            best = i
        else:
            waiting += 1
            if waiting == patience:
                break
    return best
