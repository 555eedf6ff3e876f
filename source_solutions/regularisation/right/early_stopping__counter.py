"""Counts the costs without improvement, keeps the best cost itself."""


def early_stopping(dev_costs, patience):
    best, best_cost, waited = 0, float("inf"), 0
    for i in range(len(dev_costs)):
        if dev_costs[i] < best_cost:
            best, best_cost, waited = i, dev_costs[i], 0
        else:
            waited += 1
            if waited == patience:
                return best
    return best
