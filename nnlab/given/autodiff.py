"""From lesson 10. Built from its solutions by `grader build`, never edited."""

import numpy as np


def value_of(operation, *operands):
    """The result of one operation.

    operation: its name   operands: its one or two arrays
    """
    if operation == "matmul":
        return operands[0] @ operands[1]
    if operation == "add":
        return operands[0] + operands[1]
    if operation == "multiply":
        return operands[0] * operands[1]
    if operation == "relu":
        return np.maximum(operands[0], 0)
    if operation == "exp":
        return np.exp(operands[0])
    if operation == "log":
        return np.log(operands[0])
    if operation == "sum":
        return np.sum(operands[0])
    if operation == "row_sums":
        return np.sum(operands[0], axis=-1, keepdims=True)
    if operation == "transpose":
        return np.swapaxes(operands[0], -1, -2)
    raise ValueError(f"there is no operation {operation!r}")


def run(tape, inputs):
    """The value of every node: the inputs, then the lines from top to bottom.

    tape: list of lines (name, operation, operands), each name once and after its operands
    inputs: {leaf: array}
    Returns values: {node: array}, the leaves among them.
    """
    # The leaves are there already.
    values = dict(inputs)
    for name, operation, operands in tape:
        # The operands are names: their values are in the dictionary by now.
        values[name] = value_of(operation, *[values[operand] for operand in operands])
    return values


def vjp_exp(g, a):
    """The gradient of the operand of exp.

    g: the gradient of the result, of the shape of a   a: any shape
    Returns da: the shape of a.
    """
    # What arrives, times the slope.
    da = g * np.exp(a)
    return da


def vjp_log(g, a):
    """The gradient of the operand of log.

    g: the gradient of the result, of the shape of a   a: any shape, positive
    Returns da: the shape of a.
    """
    # The slope is 1 / a.
    da = g / a
    return da


def vjp_relu(g, a):
    """The gradient of the operand of relu.

    g: the gradient of the result, of the shape of a   a: any shape
    Returns da: the shape of a; 0 where a is 0.
    """
    # The gradient passes where the operand is positive.
    da = g * (a > 0)
    return da


def vjp_sum(g, a):
    """The gradient of the operand of a sum over all entries, or over axes that were kept.

    g: the gradient of the result, () or the shape of a with 1 for each summed axis   a: any shape
    Returns da: the shape of a.
    """
    # Every term of a sum has the slope 1.
    da = g * np.ones(a.shape)
    return da


def unbroadcast(g, shape):
    """The gradient of an operand that was broadcast: what was copied is added.

    g: the gradient of the result   shape: the shape of the operand, which broadcasts to that of g
    Returns grad: an array of the shape `shape`.
    """
    # Axes that are missing in front were put there by broadcasting.
    missing = g.ndim - len(shape)
    shorter = g.sum(axis=tuple(range(missing)))
    # Where the operand has one entry, it was copied along that axis.
    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)
    grad = shorter.sum(axis=copied, keepdims=True)
    return grad


def vjp_add(g, a, b):
    """The gradients of the two operands of add.

    g: the gradient of the result   a, b: any shapes that broadcast to that of g
    Returns (da: the shape of a, db: the shape of b).
    """
    # The slope is 1 for both; what was copied is added.
    da = unbroadcast(g, a.shape)
    db = unbroadcast(g, b.shape)
    return da, db


def vjp_multiply(g, a, b):
    """The gradients of the two operands of an elementwise product.

    g: the gradient of the result   a, b: any shapes that broadcast to that of g
    Returns (da: the shape of a, db: the shape of b).
    """
    # The slope of one factor is the other; each copy has met another partner, so the sum comes last.
    da = unbroadcast(g * b, a.shape)
    db = unbroadcast(g * a, b.shape)
    return da, db


def vjp_matmul(g, a, b):
    """The gradients of the two operands of a matrix product.

    g: (r, n), the gradient of the result   a: (r, k)   b: (k, n); extra: stacks (..., r, k), (..., k, n) as one operand or both
    Returns (da: the shape of a, db: the shape of b).
    """
    # The size that is summed over stands inside; a single matrix beside a stack was copied.
    da = unbroadcast(g @ np.swapaxes(b, -1, -2), a.shape)
    db = unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape)
    return da, db


def vjp_of(operation, g, *operands):
    """The gradients of the operands of one line, in a tuple, by the rule of its operation.

    operation: its name   g: the gradient of its result   operands: the values of its operands
    """
    if operation == "matmul":
        return vjp_matmul(g, *operands)
    if operation == "add":
        return vjp_add(g, *operands)
    if operation == "multiply":
        return vjp_multiply(g, *operands)
    if operation == "relu":
        return (vjp_relu(g, *operands),)
    if operation == "exp":
        return (vjp_exp(g, *operands),)
    if operation == "log":
        return (vjp_log(g, *operands),)
    if operation in ("sum", "row_sums"):
        return (vjp_sum(g, *operands),)
    if operation == "transpose":
        return (np.swapaxes(g, -1, -2),)
    raise ValueError(f"there is no rule for the operation {operation!r}")


def backward(tape, values, last):
    """The gradient of one number by every node that it depends on.

    tape: list of lines (name, operation, operands)   values: {node: array} from run   last: the name of a node of shape ()
    Returns grads: {node: d last / d node, of the node's shape}, with last and the leaves; an array that came from vjp_of is never changed.
    """
    # The gradient of a number by itself is 1.
    grads = {last: np.ones(values[last].shape)}
    for name, operation, operands in reversed(tape):
        # What has no gradient by now does not lead to `last`.
        if name not in grads:
            continue
        parts = vjp_of(operation, grads[name], *[values[operand] for operand in operands])
        for operand, part in zip(operands, parts):
            # Several ways to `last`: the gradients add, in a new array.
            grads[operand] = grads.get(operand, 0) + part
    return grads


def gradient_of(tape, inputs, last, wrt):
    """The value of one number, and its gradients.

    tape: list of lines (name, operation, operands)   inputs: {leaf: array}   last: the name of a node of shape ()
    wrt: list of names
    Returns (cost: the value of last, grads: {"d" + name: its gradient} for each name in wrt; zeros where last does not depend on it).
    """
    # Forward, then backward.
    values = run(tape, inputs)
    found = backward(tape, values, last)
    cost = values[last]
    # Where `last` does not depend on a node, it does not change with it.
    grads = {"d" + name: found.get(name, np.zeros(values[name].shape)) for name in wrt}
    return cost, grads
