"""The counter of costs without progress is not set back to 0 when a better cost comes: it counts all such costs
together, not those in a row. The function stops too early on many lists and then misses the best place."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    waited = 0
    for i in range(1, len(dev_costs)):
        if dev_costs[i] < dev_costs[best]:
            best = i
        else:
            waited += 1
        if waited >= patience:
            break
    return best
