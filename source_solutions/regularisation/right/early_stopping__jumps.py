"""Looks at the next costs as a slice, and jumps to the first better one."""


def early_stopping(dev_costs, patience):
    costs, best = list(dev_costs), 0
    while True:
        coming = costs[best + 1 : best + 1 + patience]
        better = [k for k, cost in enumerate(coming, start=best + 1) if cost < costs[best]]
        if not better:
            return best
        best = better[0]
