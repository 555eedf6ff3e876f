"""A while loop with np.argmin of the costs seen so far, which takes the first of equal ones; np.int64."""


def early_stopping(dev_costs, patience):
    seen = 1
    while seen < len(dev_costs) and seen - 1 - np.argmin(dev_costs[:seen]) < patience:
        seen += 1
    return np.argmin(dev_costs[:seen])
