"""The operations of the lesson written out, without `value_of`."""


def run(tape, inputs):
    do = {
        "matmul": lambda a, b: np.matmul(a, b),
        "add": lambda a, b: a + b,
        "multiply": lambda a, b: a * b,
        "relu": lambda a: np.where(a > 0, a, 0),
        "exp": np.exp,
        "log": np.log,
        "sum": lambda a: a.sum(),
        "row_sums": lambda a: a.sum(-1, keepdims=True),
        "transpose": lambda a: a.swapaxes(-2, -1),
    }
    v = inputs.copy()
    for n, op, args in tape:
        v[n] = do[op](*(v[a] for a in args))
    return v
