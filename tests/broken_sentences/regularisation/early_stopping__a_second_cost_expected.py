"""dev_costs: a list of numbers, at least one -- it needs two"""


def early_stopping(dev_costs, patience):
    best, place = 0, 1
    while True:
        if dev_costs[place] < dev_costs[best]:
            best = place
        place += 1
        if place - 1 - best >= patience or place == len(dev_costs):
            return best
