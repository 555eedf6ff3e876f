"""A Python loop over the rows, with math.sqrt and a list of lists."""

import math


def normalize_rows(x):
    rows = []
    for row in x:
        length = math.sqrt(sum(float(v) ** 2 for v in row))
        rows.append([v / length for v in row])
    return np.array(rows)
