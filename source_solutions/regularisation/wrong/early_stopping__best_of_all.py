"""Returns the place of the lowest cost of the whole list, as if the future were known; patience is ignored."""

import numpy as np


def early_stopping(dev_costs, patience):
    best = 0
    for i, c in enumerate(dev_costs):
        if c < dev_costs[best]:
            best = i
    return best
