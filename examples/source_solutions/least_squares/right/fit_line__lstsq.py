"""numpy's own least squares, with a column of ones for b."""


def fit_line(x, y):
    table = np.column_stack([x, np.ones(len(x))])
    w, b = np.linalg.lstsq(table, y, rcond=None)[0]
    return w, b
