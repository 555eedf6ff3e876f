"""Lesson 10: the chain rule by machine. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, Pace, case, exercise

Line = tuple[str, str, tuple[str, ...]]
Shape = tuple[int, ...]


def away_from_zero(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers of both signs, none of them near zero and none near 1; an array also where it is a single number."""
    numbers = rng.choice([-1.0, 1.0], shape) * np.where(
        rng.random(shape) < 0.5, rng.uniform(0.3, 0.8, shape), rng.uniform(1.2, 2.0, shape)
    )
    if numbers.size > 1:
        numbers.flat[:2] = [-0.7, 1.4]
    return np.asarray(numbers)


# ---- a tape, forward


def own_value(_data: Any, operation: str, *operands: np.ndarray) -> Any:
    """Operations that no lesson has, none of them the same from either side."""
    if operation == "mix":
        return 2 * operands[0] - 3 * operands[1]
    if operation == "blend":
        return 2 * operands[0] - operands[1] + 4 * operands[2]
    if operation == "twin":
        return 5 * operands[0] + 5 * operands[1]
    if operation == "bend":
        return operands[0] ** 3
    if operation == "ends":
        return operands[0].flat[0] - 2 * operands[0].flat[-1]
    raise ValueError(operation)


OWN_VALUE = {"value_of": Given(own_value)}


@exercise(
    returns=["values"],
    points={"values": 12},
    misconceptions=[
        Misconception(
            "inputs not among the values",
            "return values",
            "return {line[0]: values[line[0]] for line in tape}",
            "Your dictionary has the lines of the tape and not the inputs. The values of the leaves belong to it too.",
        ),
        Misconception(
            "operands in the other order",
            "for operand in operands]",
            "for operand in operands[::-1]]",
            "Your result is what comes out when the operands are passed on from the last to the first. They have the order "
            "in which the line names them.",
        ),
        Misconception(
            "first operand for all",
            "*[values[operand] for operand in operands]",
            "*[values[operands[0]] for operand in operands]",
            "Your result is what comes out when the first operand is passed in the place of every operand. Each has a name of its own.",
        ),
        Misconception(
            "last value only",
            "return values",
            "return values[name]",
            "Your result is the value of the last line alone. Asked for is the whole dictionary: the way back needs every value.",
        ),
    ],
    equivalent={"values = inputs": "arguments may be changed in place"},
)
def run(rng: np.random.Generator) -> Iterator[Case]:
    def leaves(**shapes: Shape) -> dict[str, np.ndarray]:
        return {name: away_from_zero(rng, *shape) for name, shape in shapes.items()}

    yield case(
        "two lines", [("p", "mix", ("x", "y")), ("q", "mix", ("y", "p"))], leaves(x=(2, 3), y=(2, 3)), given=OWN_VALUE
    )
    tape: list[Line] = [("p", "blend", ("x", "y", "x")), ("q", "bend", ("p",)), ("J", "ends", ("q",))]
    yield case("three operands, one of them twice", tape, leaves(x=(3, 4), y=(3, 4)), given=OWN_VALUE)
    tape = [("u", "mix", ("y", "x")), ("unused", "bend", ("x",)), ("J", "mix", ("u", "u"))]
    yield case("a line that nobody needs", tape, leaves(x=(), y=()), given=OWN_VALUE)
    # With the operations of the lesson, for who writes them out.
    tape = [("WX", "matmul", ("W", "X")), ("Z", "add", ("WX", "b")), ("A", "relu", ("Z",)), ("J", "sum", ("A",))]
    yield case("a layer", tape, leaves(W=(3, 2), X=(2, 5), b=(3, 1)))
    tape = [("E", "exp", ("X",)), ("R", "row_sums", ("E",)), ("S", "multiply", ("E", "w")), ("T", "transpose", ("S",))]
    yield case("whole numbers", tape, {"X": rng.integers(-3, 4, (4, 3)), "w": rng.integers(2, 6, (1, 3))})


# ---- rules for one operand

SLOPE_ALONE = "In yours the gradient that arrives is missing: it is the slope alone. The chain rule multiplies the two."


@exercise(
    returns=["da"],
    points={"da": 4},
    misconceptions=[
        Misconception("slope alone", "g * np.exp(a)", "np.exp(a)", SLOPE_ALONE),
        Misconception(
            "times the operand",
            "g * np.exp(a)",
            "g * a",
            "Your result is g times a. The slope of exp at a is not a itself.",
        ),
        Misconception(
            "slope of a power",
            "np.exp(a)",
            "a * np.exp(a - 1)",
            "Your result has the slope of a power, with a in front and the exponent less by one. In exp the number a *is* the exponent, and exp is its own slope.",
        ),
    ],
)
def vjp_exp(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("two rows", (2, 3)), ("a single number", ()), ("three axes", (2, 4, 3))]:
        yield case(label, away_from_zero(rng, *shape), away_from_zero(rng, *shape))
    yield case("whole numbers", away_from_zero(rng, 5, 2), rng.permutation(np.arange(10) - 4).reshape(5, 2))


@exercise(
    returns=["da"],
    points={"da": 4},
    misconceptions=[
        Misconception(
            "times the logarithm",
            "g / a",
            "g * np.log(a)",
            "Your result is g times the logarithm itself. What is needed is the slope of the logarithm.",
        ),
        Misconception(
            "quotient turned",
            "g / a",
            "a / g",
            "Your result is a divided by g, the quotient turned round.",
        ),
        Misconception("slope alone", "g / a", "1 / a", SLOPE_ALONE),
    ],
)
def vjp_log(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("two rows", (2, 4)), ("a single number", ()), ("three axes", (3, 2, 4))]:
        yield case(label, away_from_zero(rng, *shape), np.asarray(rng.uniform(0.2, 3, shape)))
    yield case("whole numbers", away_from_zero(rng, 4, 2), rng.permutation(np.arange(8) + 2).reshape(4, 2))


@exercise(
    returns=["da"],
    points={"da": 5},
    misconceptions=[
        Misconception(
            "sign of the gradient",
            "(a > 0)",
            "(g > 0)",
            "Yours lets the gradient pass where the gradient itself is positive. Whether it passes depends on a, the value that went into relu.",
        ),
        Misconception(
            "passes at zero",
            "(a > 0)",
            "(a >= 0)",
            "Yours lets the gradient pass where a is exactly 0. This course takes the slope 0 there.",
        ),
        Misconception(
            "positive gradients only",
            "g * (a > 0)",
            "np.maximum(g, 0) * (a > 0)",
            "Yours lets positive gradients pass and stops negative ones. Whether a gradient passes depends on a alone.",
        ),
        Misconception("slope alone", "g * (a > 0)", "1.0 * (a > 0)", SLOPE_ALONE),
        Misconception(
            "times relu",
            "g * (a > 0)",
            "g * np.maximum(a, 0)",
            "Your result is g times relu(a). Where relu lets through, its slope is 1, not a.",
        ),
    ],
)
def vjp_relu(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("two rows", (2, 5)), ("three axes", (2, 4, 3)), ("one axis", (7,))]:
        a, g = away_from_zero(rng, *shape), away_from_zero(rng, *shape)
        # Of both signs where g is of both signs, and twice exactly 0.
        a.flat[:6], g.flat[:6] = [1.3, 0.6, -0.7, -1.2, 0, 0], [-0.7, 1.4, 1.6, -0.4, 1.3, -0.6]
        mixed = rng.permutation(a.size)
        yield case(label, g.ravel()[mixed].reshape(shape), a.ravel()[mixed].reshape(shape))
    yield case("a single number", away_from_zero(rng), np.asarray(rng.uniform(0.2, 0.8)))
    yield case("whole numbers", away_from_zero(rng, 4, 2), rng.permutation(np.arange(8) - 4).reshape(4, 2))


@exercise(
    returns=["da"],
    points={"da": 7},
    misconceptions=[
        Misconception(
            "not copied",
            "g * np.ones(a.shape)",
            "g",
            "Your result is g as it came. A gradient has the shape of what it belongs to, and here that is a: each term of the sum gets a copy.",
        ),
        Misconception(
            "added up first",
            "g * np.ones(a.shape)",
            "np.sum(g) * np.ones(a.shape)",
            "Each entry of your result is the sum of all of g. Where rows were summed, each row has a gradient of its own: g is copied, not added up.",
        ),
        Misconception(
            "shared as in a mean",
            "g * np.ones(a.shape)",
            "g * np.ones(a.shape) / a.size",
            "Your result is divided by the number of entries of a. That belongs to a mean; in a sum each term has the slope 1.",
        ),
        Misconception(
            "times the operand",
            "g * np.ones(a.shape)",
            "g * a",
            "Your result is g times a. In a sum each term has the slope 1, whatever its value is.",
        ),
    ],
    equivalent={"da = g / np.ones(a.shape)": "to divide by 1 is to multiply by 1"},
)
def vjp_sum(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape, kept in [
        ("a sum of all entries", (2, 3), ()),
        ("sums of rows", (3, 5), (3, 1)),
        ("sums of columns", (4, 6), (1, 6)),
        ("sums of rows, three axes", (2, 3, 4), (2, 3, 1)),
        ("a sum of one axis", (5,), ()),
    ]:
        yield case(label, away_from_zero(rng, *kept), away_from_zero(rng, *shape))
    yield case("whole numbers", away_from_zero(rng, 5, 1), rng.integers(-3, 4, (5, 2)))


@exercise(
    returns=["grad"],
    points={"grad": 12},
    misconceptions=[
        Misconception(
            "mean of the copies",
            "shorter = g.sum(axis=tuple(range(missing)))\n"
            "    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)\n"
            "    grad = shorter.sum(",
            "shorter = g.mean(axis=tuple(range(missing))) if missing else g\n"
            "    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)\n"
            "    grad = shorter.mean(",
            "Your result is the mean over the copies. Every copy has an effect of its own, and the effects add: it is a sum.",
            also=(
                "shorter = g.sum(axis=tuple(range(missing)))\n"
                "    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)\n"
                "    grad = shorter.mean(",
            ),
        ),
        Misconception(
            "axes from the end",
            "range(missing)",
            "range(-missing, 0)",
            "Your result is what comes out when the axes that are too many are added up at the end. Broadcasting puts missing axes in front.",
        ),
        Misconception(
            "axis of size 1 dropped",
            ", keepdims=True",
            "",
            "Your result has lost the axes of size 1. A gradient has the shape of what it belongs to: here that is `shape`.",
        ),
        Misconception(
            "front axes only",
            "grad = shorter.sum(axis=copied, keepdims=True)",
            "grad = shorter",
            "Your result is added up over the axes that are missing in front, and over no other. An axis where `shape` has 1 was copied too.",
        ),
        Misconception(
            "front axes left",
            "grad = shorter.sum(axis=copied, keepdims=True)",
            "grad = g.sum(axis=tuple(axis + missing for axis in copied), keepdims=True)",
            "Your result has axes in front that `shape` does not have. Broadcasting put them there: they are added up and go.",
            also=("grad = g.sum(axis=copied, keepdims=True)",),
        ),
        Misconception(
            "everything added",
            "grad = shorter.sum(axis=copied, keepdims=True)",
            "grad = g.sum() * np.ones(shape)",
            "Each entry of your result is the sum of all of g. Only the copies of one entry are added: axes that were not copied stay.",
        ),
        Misconception(
            "first copy only",
            "shorter = g.sum(axis=tuple(range(missing)))\n"
            "    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)\n"
            "    grad = shorter.sum(axis=copied, keepdims=True)",
            "shorter = g[(0,) * missing]\n    grad = shorter[tuple(slice(0, size) for size in shape)]",
            "Your result is the gradient of the first copy alone. All the copies have an effect, and the effects add.",
        ),
    ],
)
def unbroadcast(rng: np.random.Generator) -> Iterator[Case]:
    for label, arrived, shape in [
        ("a column", (3, 4), (3, 1)),
        ("a row", (5, 4), (1, 4)),
        ("one axis", (3, 5), (5,)),
        ("a number without axes", (2, 3), ()),
        ("a number with two axes", (4, 3), (1, 1)),
        ("nothing was copied", (2, 5), (2, 5)),
        ("a column, to three axes", (2, 3, 4), (3, 1)),
        ("a middle axis", (2, 4, 3), (2, 1, 3)),
        ("two axes in front", (4, 2, 3), (3,)),
    ]:
        yield case(label, away_from_zero(rng, *arrived), shape)


# ---- rules for two operands

# Shapes of two operands: alike, and each of them the small one.
PAIRS: dict[str, tuple[Shape, Shape]] = {
    "of one shape": ((2, 3), (2, 3)),
    "a column as the second": ((3, 5), (3, 1)),
    "a column as the first": ((4, 1), (4, 6)),
    "a row and a column": ((5,), (2, 1)),
    "a number as the second": ((6, 2), ()),
    "a number as the first": ((), (2, 7)),
    "three axes and a row": ((2, 3, 4), (1, 4)),
}


def pairs(rng: np.random.Generator) -> Iterator[Case]:
    for label, (one, other) in PAIRS.items():
        g = away_from_zero(rng, *np.broadcast_shapes(one, other))
        yield case(label, g, away_from_zero(rng, *one), away_from_zero(rng, *other))
    a, b = rng.permutation(np.arange(1, 9)).reshape(4, 2), rng.integers(2, 6, (1, 2))
    yield case("whole numbers", away_from_zero(rng, 4, 2), a, b)


def not_added_up(gradient: str, operand: str, old: str, new: str) -> Misconception:
    return Misconception(
        f"{gradient} not added up",
        old,
        new,
        f"Your {gradient} has the shape of the result. Where {operand} was copied, the gradients of its copies are added up: "
        f"{gradient} has the shape of {operand}.",
    )


@exercise(
    returns=["da", "db"],
    points={"da": 4, "db": 4},
    misconceptions=[
        not_added_up("da", "a", "da = unbroadcast(g, a.shape)", "da = g"),
        not_added_up("db", "b", "db = unbroadcast(g, b.shape)", "db = g"),
        Misconception(
            "da times a",
            "unbroadcast(g, a.shape)",
            "unbroadcast(g * a, a.shape)",
            "Your da has the factor a. In a sum each term has the slope 1, whatever its value is.",
        ),
        Misconception(
            "db times b",
            "unbroadcast(g, b.shape)",
            "unbroadcast(g * b, b.shape)",
            "Your db has the factor b. In a sum each term has the slope 1, whatever its value is.",
        ),
    ],
)
def vjp_add(rng: np.random.Generator) -> Iterator[Case]:
    yield from pairs(rng)


@exercise(
    returns=["da", "db"],
    points={"da": 4, "db": 4},
    misconceptions=[
        not_added_up("da", "a", "da = unbroadcast(g * b, a.shape)", "da = g * b"),
        not_added_up("db", "b", "db = unbroadcast(g * a, b.shape)", "db = g * a"),
        Misconception(
            "da with a",
            "unbroadcast(g * b, a.shape)",
            "unbroadcast(g * a, a.shape)",
            "Your da has the factor a. The slope of a product for one factor is the other factor.",
        ),
        Misconception(
            "db with b",
            "unbroadcast(g * a, b.shape)",
            "unbroadcast(g * b, b.shape)",
            "Your db has the factor b. The slope of a product for one factor is the other factor.",
        ),
        Misconception(
            "da added up before the product",
            "unbroadcast(g * b, a.shape)",
            "unbroadcast(g, a.shape) * b",
            "Your da is what comes out when g is added up first and multiplied by b afterwards. Each copy of a has met another entry of b: first the products, then their sum.",
        ),
        Misconception(
            "db added up before the product",
            "unbroadcast(g * a, b.shape)",
            "unbroadcast(g, b.shape) * a",
            "Your db is what comes out when g is added up first and multiplied by a afterwards. Each copy of b has met another entry of a: first the products, then their sum.",
        ),
    ],
)
def vjp_multiply(rng: np.random.Generator) -> Iterator[Case]:
    yield from pairs(rng)


STACKS = {"da, stacks (extra)": "da", "db, stacks (extra)": "db"}


@exercise(
    returns=["da", "db"],
    points={"da": 6, "db": 6, "da, stacks (extra)": 0, "db, stacks (extra)": 0},
    misconceptions=[
        Misconception(
            "da transposed",
            "da = unbroadcast(g @ np.swapaxes(b, -1, -2), a.shape)",
            "da = b @ np.swapaxes(g, -1, -2)",
            "Your da is the transpose of the expected one. It has the shape of a.",
        ),
        Misconception(
            "db transposed",
            "db = unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape)",
            "db = np.swapaxes(g, -1, -2) @ a",
            "Your db is the transpose of the expected one. It has the shape of b.",
        ),
        Misconception(
            "da divided by m",
            "unbroadcast(g @ np.swapaxes(b, -1, -2), a.shape)",
            "unbroadcast(g @ np.swapaxes(b, -1, -2), a.shape) / g.shape[-1]",
            "Your da is divided by the number of columns. Here no rule divides: 1/m stands on the tape, and comes in with g.",
        ),
        Misconception(
            "db divided by m",
            "unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape)",
            "unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape) / g.shape[-1]",
            "Your db is divided by the number of columns. Here no rule divides: 1/m stands on the tape, and comes in with g.",
        ),
        Misconception(
            "stacks not added up",
            "unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape)",
            "np.swapaxes(a, -1, -2) @ g",
            "Your db has a gradient for each matrix of the stack. All of them were multiplied by the same b: what was copied is added.",
        ),
    ],
)
def vjp_matmul(rng: np.random.Generator) -> Iterator[Case]:
    def product(one: Shape, other: Shape) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        g = away_from_zero(rng, *one[:-1], other[-1])
        return g, away_from_zero(rng, *one), away_from_zero(rng, *other)

    matrices = {"da": "da", "db": "db"}
    for label, one, other in [
        ("two rows, four columns", (2, 3), (3, 4)),
        ("five rows, two columns", (5, 4), (4, 2)),
        ("a single row", (1, 3), (3, 5)),
        ("a single column", (4, 3), (3, 1)),
        ("matrices of one size", (3, 3), (3, 3)),
        ("larger matrices of one size", (4, 4), (4, 4)),
    ]:
        yield case(label, *product(one, other), judged=matrices)
    g, _a, _b = product((4, 3), (3, 2))
    yield case(
        "whole numbers",
        g,
        rng.permutation(np.arange(12) - 5).reshape(4, 3),
        rng.integers(2, 6, (3, 2)),
        judged=matrices,
    )
    for label, one, other in [
        ("five matrices", (5, 2, 3), (3, 4)),
        ("a stack of stacks", (2, 5, 3, 4), (4, 6)),
        ("a stack as the second", (2, 3), (5, 3, 4)),
        ("two stacks", (5, 3, 2), (5, 2, 4)),
    ]:
        yield case(label, *product(one, other), judged=STACKS)
    g, _a, _b = product((3, 4, 2), (2, 5))
    whole = rng.permutation(np.arange(24) - 9).reshape(3, 4, 2)
    yield case("a stack of whole numbers", g, whole, rng.integers(2, 6, (2, 5)), judged=STACKS)


# ---- a tape, backward


def own_vjp(_data: Any, operation: str, g: Any, *operands: np.ndarray) -> tuple[Any, ...]:
    """The gradients of the operations of own_value; those of a twin are one array, twice."""
    if operation == "mix":
        return 2 * g, -3 * g
    if operation == "blend":
        return 2 * g, -1 * g, 4 * g
    if operation == "twin":
        both = 5 * g
        return both, both
    if operation == "bend":
        return (3 * operands[0] ** 2 * g,)
    if operation == "ends":
        at_the_ends = np.zeros(operands[0].shape)
        at_the_ends.flat[0] = g
        at_the_ends.flat[-1] = -2 * g
        return (at_the_ends,)
    raise ValueError(operation)


def own_values(tape: Sequence[Line], leaves: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The values of a tape of own operations."""
    found = {name: np.asarray(value) for name, value in leaves.items()}
    for name, operation, operands in tape:
        found[name] = np.asarray(own_value(None, operation, *(found[operand] for operand in operands)))
    return found


OWN_VJP = {"vjp_of": Given(own_vjp)}
TWICE, ONE_ARRAY = "of a node used twice", "one array for two nodes"
CHAIN: list[Line] = [("p", "bend", ("x",)), ("q", "mix", ("p", "y")), ("J", "ends", ("q",))]
LADDER: list[Line] = [(f"x{rung + 1}", "mix", (f"x{rung}", f"x{rung}")) for rung in range(12)]
# What a case of `backward` is about, its name, its tape and the shape of its leaves x and y; `last` is J.
BACKWARD: list[tuple[str, str, list[Line], Shape]] = [
    ("gradient of each node", "one line after the other", CHAIN, (2, 3)),
    (
        "gradient of each node",
        "three operands",
        [("p", "blend", ("y", "x", "z")), ("q", "bend", ("p",)), ("J", "ends", ("q",))],
        (3, 4),
    ),
    (
        "gradient of each node",
        "lines after the last one",
        [*CHAIN, ("later", "mix", ("J", "J")), ("latest", "bend", ("later",))],
        (4, 3),
    ),
    (
        "gradient of each node",
        "lines beside the way",
        [("r", "bend", ("y",)), *CHAIN, ("s", "mix", ("r", "q"))],
        (5, 2),
    ),
    (
        TWICE,
        "one node as both operands",
        [("p", "mix", ("x", "x")), ("q", "bend", ("p",)), ("J", "ends", ("q",))],
        (3, 2),
    ),
    (
        TWICE,
        "a long way and a short one",
        [("p", "bend", ("x",)), ("q", "mix", ("p", "x")), ("J", "ends", ("q",))],
        (2, 4),
    ),
    (
        TWICE,
        "a leaf in three lines",
        [("p", "mix", ("x", "y")), ("q", "bend", ("x",)), ("r", "blend", ("q", "p", "x")), ("J", "ends", ("r",))],
        (4, 2),
    ),
    (TWICE, "a ladder of 12 rungs", [("x0", "bend", ("x",)), *LADDER, ("J", "ends", ("x12",))], (2, 5)),
    (
        ONE_ARRAY,
        "one array twice",
        [("u", "twin", ("x", "y")), ("v", "twin", ("u", "y")), ("J", "ends", ("v",))],
        (3, 5),
    ),
    (
        ONE_ARRAY,
        "one array twice, further down",
        [("u", "bend", ("x",)), ("v", "twin", ("u", "y")), ("w", "twin", ("y", "v")), ("J", "ends", ("w",))],
        (5, 3),
    ),
]


@exercise(
    returns=["grads"],
    points={"gradient of each node": 12, TWICE: 6, ONE_ARRAY: 2},
    misconceptions=[
        Misconception(
            "last way only",
            "grads.get(operand, 0) + part",
            "part",
            "Your gradients are those of one way. Where several ways lead from a node to `last`, what they bring is added.",
        ),
        Misconception(
            "from top to bottom",
            "reversed(tape)",
            "tape",
            "Your gradients are what comes out when the tape is walked from its first line to its last. On the way back the last line comes first: a node hands on its gradient when everything below it has sent its part.",
        ),
        Misconception(
            "no line skipped",
            "if name not in grads:",
            "if False:",
            "Your function asks for the gradient of a line that has none: `last` does not depend on it. Such a line is skipped.",
        ),
        Misconception(
            "added in place",
            "grads[operand] = grads.get(operand, 0) + part",
            "if operand in grads:\n                grads[operand] += part\n            else:\n                grads[operand] = part",
            "Your gradients are what comes out when `+=` writes into an array that is the gradient of another node too. A sum makes a new array: g = g + part.",
        ),
        Misconception(
            "begun at the end of the tape",
            "{last: np.ones(values[last].shape)}",
            "{tape[-1][0]: np.ones(values[tape[-1][0]].shape)}",
            "Your gradients are those of the last line of the tape. They are asked for the node that `last` names, which may stand further up.",
        ),
        Misconception(
            "leaves only",
            "return grads",
            "return {name: grads[name] for name in grads if name not in [line[0] for line in tape]}",
            "Your dictionary has the leaves alone. The nodes between them and `last` have gradients too.",
        ),
    ],
)
def backward(rng: np.random.Generator) -> Iterator[Case]:
    for about, label, tape, shape in BACKWARD:
        names = {operand for _name, _operation, operands in tape for operand in operands} & {"x", "y", "z"}
        values = own_values(tape, {name: away_from_zero(rng, *shape) for name in sorted(names)})
        yield case(label, tape, values, "J", given=OWN_VJP, judged={about: "grads"})
    # With the rules of the lesson, for who chooses them without `vjp_of`.
    x, y = away_from_zero(rng, 3, 7), away_from_zero(rng, 3, 7)
    tape = [("p", "multiply", ("x", "y")), ("J", "sum", ("p",))]
    yield case(
        "with the lesson's rules",
        tape,
        {"x": x, "y": y, "p": x * y, "J": np.sum(x * y)},
        "J",
        judged={"gradient of each node": "grads"},
    )
    values = {"x": y, "p": np.exp(y), "q": np.exp(y) + y, "J": np.sum(np.exp(y) + y)}
    tape = [("p", "exp", ("x",)), ("q", "add", ("p", "x")), ("J", "sum", ("q",))]
    yield case("with the lesson's rules, two ways", tape, values, "J", judged={TWICE: "grads"})
    values = {"x": x[:2], "y": y[:2], "u": x[:2] + y[:2], "v": x[:2] + 2 * y[:2], "J": np.sum(x[:2] + 2 * y[:2])}
    tape = [("u", "add", ("x", "y")), ("v", "add", ("u", "y")), ("J", "sum", ("v",))]
    yield case("with the lesson's rules, one array twice", tape, values, "J", judged={ONE_ARRAY: "grads"})


UNUSED = "of an unused one"


@exercise(
    returns=["cost", "grads"],
    points={"cost": 2, "grads": 4, UNUSED: 2},
    misconceptions=[
        Misconception(
            "number for zeros",
            "np.zeros(values[name].shape)",
            "0.0",
            "Your gradient of a node on which `last` does not depend is one number. A gradient has the shape of what it belongs to.",
        ),
        Misconception(
            "cost of the last line",
            "cost = values[last]",
            "cost = values[tape[-1][0]]",
            "Your cost is the value of the last line. Asked for is that of the node that `last` names, which may stand further up.",
        ),
        Misconception(
            "gradients of the last line",
            "found = backward(tape, values, last)",
            "found = backward(tape, values, tape[-1][0])",
            "Your gradients are those of the last line of the tape. They are asked for the node that `last` names, which may stand further up.",
        ),
    ],
)
def gradient_of(rng: np.random.Generator) -> Iterator[Case]:
    layer: list[Line] = [
        ("WX", "matmul", ("W", "X")),
        ("Z", "add", ("WX", "b")),
        ("A", "relu", ("Z",)),
        ("T", "sum", ("A",)),
    ]
    mean: Line = ("J", "multiply", ("T", "share"))

    def leaves(n_x: int, n: int, m: int) -> dict[str, np.ndarray]:
        W, X, b = away_from_zero(rng, n, n_x), away_from_zero(rng, n_x, m), away_from_zero(rng, n, 1)
        # The first unit is on for some examples at least.
        b[0] = 0.5 + np.abs(W[0]) @ np.abs(X).max(axis=1)
        return {"W": W, "X": X, "b": b, "share": np.array(1 / m)}

    yield case("a layer", [*layer, mean], leaves(2, 3, 5), "J", ["W", "b"])
    yield case("a node between, and a leaf", [*layer, mean], leaves(4, 2, 7), "J", ["Z", "X", "share"])
    later: list[Line] = [*layer, mean, ("later", "multiply", ("J", "J")), ("latest", "exp", ("share",))]
    yield case("lines after the last one", later, leaves(3, 2, 4), "J", ["b", "W"])
    yield case("a sum before the mean", [*layer, mean], leaves(5, 4, 3), "T", ["W"])
    whole = {"W": rng.integers(1, 4, (2, 3)), "X": rng.integers(-3, 4, (3, 5)), "b": rng.integers(9, 30, (2, 1))}
    yield case("whole numbers", [*layer, mean], {**whole, "share": np.array(0.2)}, "J", ["X", "W", "b"])
    for label, n_x, n, m, shape in [
        ("an unused leaf", 2, 4, 3, (4, 1)),
        ("an unused leaf, not the first", 3, 5, 2, (2, 6)),
    ]:
        unused = {**leaves(n_x, n, m), "q": away_from_zero(rng, *shape)}
        yield case(
            label, [*layer, mean], unused, "J", ["q"] if n_x == 2 else ["b", "q"], judged={UNUSED: 'grads["dq"]'}
        )
    aside: list[Line] = [("q", "add", ("W", "W")), *layer, mean]
    yield case("an unused node between", aside, leaves(4, 3, 2), "J", ["q"], judged={UNUSED: 'grads["dq"]'})


# ---- extra


def look_up(data: tuple[dict[str, tuple[str, ...]], int]) -> int:
    """So many times, each entry of a dictionary looked up and counted: what an order has to be measured with."""
    operands, times = data
    found = 0
    for _ in range(times):
        for node in operands:
            for operand in operands[node]:
                found += operand in operands
    return found


# To visit each node once takes about a fiftieth of `look_up`, to follow each way more than 50 times as much as it.
ROUNDS, TIMES = 250, 8
RUNGS = 18
ORDERED = {"each once": "order", "operands first": "order", "nothing else": "order"}


def needed(operands: Mapping[str, Sequence[str]], last: str) -> list[str]:
    """All nodes that one is made from, and itself."""
    found, left = {last}, [last]
    while left:
        new = set(operands.get(left.pop(), ())) - found
        found |= new
        left += sorted(new)
    return sorted(found)


def observe_order(case: Case, value: Any) -> Mapping[str, Any]:
    """What must hold for every right order."""
    operands, wanted = case.args[0], case.known["needed"]
    order = [str(node) for node in value]
    place = {node: order.index(node) for node in order}
    early = [n for n in place if any(place.get(one, -1) > place[n] for one in operands.get(n, ()))]
    observed = {
        "each once": {
            "missing": sum(node not in place for node in wanted),
            "more than once": sum(order.count(node) > 1 for node in wanted),
        },
        "operands first": {"before one of its operands": len(early)},
        "nothing else": {"not needed": sum(node not in wanted for node in place)},
        "time": {"entries": len(order)},
    }
    return {name: observed[name] for name in case.judged}


@exercise(
    returns=["order"],
    points={**dict.fromkeys(ORDERED, 0), "time": 0},
    observe=observe_order,
    misconceptions=[
        Misconception(
            "node before its operands",
            "        for operand in operands.get(node, ()):\n            visit(operand)\n        order.append(node)\n",
            "        order.append(node)\n        for operand in operands.get(node, ()):\n            visit(operand)\n",
            "In your list nodes stand before what they are made from. First come all operands of a node, then the node itself.",
        ),
        Misconception(
            "all nodes",
            "\n    visit(last)\n",
            "\n    for every in operands:\n        visit(every)\n",
            "Your list has nodes that `last` does not need. Begin at `last` alone, and go to what it is made from.",
        ),
        Misconception(
            "without the last one",
            "        order.append(node)",
            "        if node != last:\n            order.append(node)",
            "In your list `last` itself is missing.",
        ),
    ],
)
def order_of(rng: np.random.Generator) -> Iterator[Case]:
    def named(edges: Mapping[int, Sequence[int]], nodes: int) -> dict[str, tuple[str, ...]]:
        """The graph with names in place of numbers, its entries in an order that means nothing."""
        letters = rng.permutation([f"{one}{two}" for one in "abcdefgh" for two in "klmnop"])[:nodes]
        entries = [(str(letters[n]), tuple(str(letters[o]) for o in of)) for n, of in edges.items()]
        return {entries[i][0]: entries[i][1] for i in rng.permutation(len(entries))} | {"": (str(letters[nodes - 1]),)}

    graphs: list[tuple[str, dict[int, list[int]], int]] = [
        ("a chain", {1: [0], 2: [1], 3: [2]}, 4),
        ("two ways to one node", {0: [], 1: [0], 2: [0, 1], 3: [2, 0], 4: [3, 1]}, 5),
        ("nodes that are not needed", {0: [], 1: [0], 2: [1, 0], 3: [0], 4: [3, 2], 5: [2, 1], 6: [5, 2]}, 7),
        ("many nodes", {n: sorted({n - 1, n // 2, n // 3}) for n in range(2, 14)}, 14),
        ("more that are not needed", {**{n: [n - 1, max(n - 3, 0)] for n in range(1, 9)}, 9: [8, 2], 10: [4, 1]}, 11),
    ]
    for label, edges, nodes in graphs:
        operands = named(edges, nodes)
        (last,) = operands.pop("")
        yield case(label, operands, last, judged=ORDERED, known={"needed": needed(operands, last)})
    ladder = named({n: [n - 1, n - 1] for n in range(1, RUNGS + 1)}, RUNGS + 1)
    (last,) = ladder.pop("")
    pace = Pace(Given(look_up, (ladder, ROUNDS)), TIMES)
    yield case(
        "a ladder of 18 rungs",
        ladder,
        last,
        judged={"time": "order"},
        pace=pace,
        known={"needed": needed(ladder, last)},
    )


@exercise(
    returns=["dlogits"],
    points={"dlogits": 0, "dlogits for large scores": 0},
    misconceptions=[
        Misconception(
            "softmax along the rows",
            "np.sum(e, axis=0, keepdims=True)",
            "np.sum(e, axis=1, keepdims=True)",
            "Yours is what comes out when the exponentials are added up along each row. An example is a column here, and the "
            "probabilities of one example sum to 1.",
        ),
        Misconception(
            "arriving gradient left out",
            "g * (P - Y) / m",
            "(P - Y) / m",
            "Yours is what comes out for g = 1. What arrives multiplies all of it: the cost need not be the last line.",
        ),
        Misconception(
            "without the mean",
            "g * (P - Y) / m",
            "g * (P - Y)",
            "Yours is exactly m times the expected gradient. The mean over the examples stands inside this operation.",
        ),
        Misconception(
            "sign turned",
            "(P - Y)",
            "(Y - P)",
            "Yours equals the expected gradient with its sign turned. Check the order of the probabilities and the labels.",
        ),
        Misconception(
            "divided by the classes too",
            "g * (P - Y) / m",
            "g * (P - Y) / Y.size",
            "Yours is the expected gradient divided by the number of classes. The mean runs over the m examples only.",
        ),
        Misconception(
            "one maximum for all examples",
            "np.max(logits, axis=0, keepdims=True)",
            "np.max(logits)",
            "Yours is what comes out when one and the same maximum is taken away from all scores. Where those of an example "
            "lie far below it, all of its exponentials are 0. Each example has a largest score of its own.",
        ),
    ],
    equivalent={
        "e = np.exp(logits - np.max(logits, axis=0))": "one number for each column broadcasts from either form",
        "e = np.exp(logits - np.max(logits, axis=0, keepdims=False))": "one number for each column broadcasts from either form",
        "P = e / np.sum(e, axis=0)": "one number for each column broadcasts from either form",
        "P = e / np.sum(e, axis=0, keepdims=False)": "one number for each column broadcasts from either form",
    },
)
def vjp_softmax_cross_entropy(rng: np.random.Generator) -> Iterator[Case]:
    def labels(C: int, m: int) -> np.ndarray:
        return np.eye(C)[:, rng.permutation(np.arange(m) % C)]

    for label, C, m in [("three classes", 3, 5), ("more classes than examples", 6, 4), ("a single example", 4, 1)]:
        yield case(label, away_from_zero(rng), 2 * rng.normal(size=(C, m)), labels(C, m))
    yield case("whole numbers", away_from_zero(rng), rng.integers(-3, 4, (3, 7)), labels(3, 7).astype(int))
    large = {"dlogits for large scores": "dlogits"}
    for label, levels in [
        ("one example near 1000, one near 0", [1000, 0]),
        ("levels far apart", [1000, -900, 0, 500, -300, 40]),
        ("all near 1000", [1000, 1010, 990, 1005]),
    ]:
        m = len(levels)
        yield case(
            label, away_from_zero(rng), np.array(levels) + rng.uniform(-2, 2, (3, m)), labels(3, m), judged=large
        )
    apart = rng.permuted(np.repeat([[1000.0], [-1000.0], [0.0]], 7, axis=1), axis=0) + rng.uniform(-2, 2, (3, 7))
    yield case("scores of one example far apart", away_from_zero(rng), apart, labels(3, 7), judged=large)


LESSON = Lesson(
    "autodiff",
    title="The chain rule by machine",
    exercises=(
        run,
        vjp_exp,
        vjp_log,
        vjp_relu,
        vjp_sum,
        unbroadcast,
        vjp_add,
        vjp_multiply,
        vjp_matmul,
        backward,
        gradient_of,
        order_of,
        vjp_softmax_cross_entropy,
    ),
)
