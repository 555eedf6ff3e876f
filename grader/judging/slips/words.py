"""The id of a slip -> what it says to the student: the reason, where it stands, and no line of a solution."""

from __future__ import annotations

import json
from collections.abc import Callable

from ...words import _

# The kind of a slip in another function than the one that is judged.
OF_A_HELPER = "helper"
_GAPS = ("first", "second", "third", "fourth", "fifth", "sixth")


def sentence(id: str) -> str:
    """What a slip says to the student; '' for no slip."""
    if not id:
        return ""
    kind, line, source, *about = json.loads(id)
    if kind == OF_A_HELPER:
        return _("In your own `{name}`: {slip}").format(name=source, slip=sentence(about[0]))
    gaps = dict(zip(_GAPS, [*about, *[""] * len(_GAPS)], strict=False))
    return _SAYS[kind]().format(line=line, source=source, **gaps)


def _kind(id: str) -> str:
    kind, *rest = json.loads(id)
    return _kind(rest[2]) if kind == OF_A_HELPER else str(kind)


def is_of_formula(id: str) -> bool:
    """Whether a slip is of a formula's signs, numbers or names, and not of how the function is built."""
    return bool(id) and list(_SAYS).index(_kind(id)) > list(_SAYS).index("line too many")


def is_of_shapes(id: str) -> bool:
    """Whether a slip tells of a table where a row or a column was meant: what else was found may follow from that."""
    return bool(id) and _kind(id) == "table"


_SAYS: dict[str, Callable[[], str]] = {
    "table": lambda: _(
        "In line {line}, `{first}` makes a whole table of shape {sixth}, each entry with each: `{second}` has the shape {third} and "
        "`{fourth}` {fifth}. Which of the two should be turned?"
    ),
    # certain
    "comparison": lambda: _(
        "Line {line}, `{source}`, compares two values and throws the answer away: `==` asks, `=` gives a value."
    ),
    "given None": lambda: _(
        "In line {line}, `{source}`, `{second}` becomes None: `{first}` changes the list itself and returns nothing."
    ),
    "always true": lambda: _(
        "In line {line}, `{first}` holds always: a text alone, after `or`, counts as true. Each side of `or` needs a comparison of "
        "its own."
    ),
    "sign behind": lambda: _(
        "Line {line}, `{source}`, gives `{second}` a number with a sign. The sign of `+=` and `-=` stands before the `=`."
    ),
    "bits turned": lambda: _(
        "In line {line}, `{first}` turns the bits of a number: `~True` is -2, which counts as true. `not` is what turns true "
        "into false."
    ),
    "one counter": lambda: _(
        "The loop in line {line} runs inside the one of line {second}, and both use `{first}` as the loop variable: its body runs far too many times."
    ),
    "return in loop": lambda: _(
        "The `return` of line {line} stands inside the loop of line {first}, so that the loop ends in its first round."
    ),
    "default handed on": lambda: _(
        "Line {line}, `{source}`, hands on {second}, the default of `{first}`: another value that the function is "
        "called with is not heard."
    ),
    "start of sum": lambda: _(
        "In line {line}, `{first}` is Python's own `sum`: it takes {second} as the number to start with, not as an axis. `np.sum` "
        "takes an axis."
    ),
    "line goes on": lambda: _(
        "Line {line}, `{source}`, is computed and thrown away: the line before had ended. A pair of brackets around both lines, or one "
        "line, makes one formula of them."
    ),
    "plain text": lambda: _(
        "In line {line}, `{first}` is a text as it stands: only with an `f` in front, the value of `{second}` is put into it."
    ),
    # likely
    "thrown away": lambda: _("Line {line}, `{source}`: what `{first}` returns is kept nowhere."),
    "whole array": lambda: _(
        "Line {line}, `{source}`, puts one value in the place of the whole array `{first}`, and not into one entry of it."
    ),
    "shared array": lambda: _(
        "Line {line}, `{source}`, makes no copy: `{first}` and `{second}` are two names for one array, and what is written into one "
        "is in the other too."
    ),
    "shared array of whole numbers": lambda: _(
        "Line {line}, `{source}`, makes no new array: `{first}` is `{second}` under another name. What is written into it changes "
        "`{second}`, and where that holds whole numbers, fractions are cut off."
    ),
    "argument written into": lambda: _(
        "Line {line}, `{source}`, writes into `{first}`, the array of whoever calls the function. Work on a copy."
    ),
    "taken in another order": lambda: _(
        "Line {line}, `{source}`: `{third}` returns its values in another order, so that `{first}` and `{second}` hold each other's."
    ),
    "returned in another order": lambda: _(
        "Line {line}, `{source}`, returns its values in another order than the text of the function says."
    ),
    "lines exchanged": lambda: _(
        "In line {line}, `{first}` gets what belongs to `{second}`, which gets the other in line {third}."
    ),
    "argument not used": lambda: _(
        "The argument `{first}` is used nowhere; line {line}, `{source}`, has the fixed number {second} in its place."
    ),
    "too deep": lambda: _(
        "Line {line}, `{source}`, is indented too far: it stands inside `{first}` and runs only there."
    ),
    "not deep enough": lambda: _(
        "Line {line}, `{source}`, is not indented far enough: it stands after the loop of line {second} and runs only once."
    ),
    "line too many": lambda: _("Line {line}, `{source}`, is one too many: without it this is right."),
    "too early": lambda: _("Line {line}, `{source}`, comes too early: further down, this is right."),
    "first number": lambda: _(
        "In line {line}, look at the first number of `{first}`: the loop begins one too early or too late."
    ),
    "last number": lambda: _(
        "In line {line}, look at where `{first}` ends: `range` leaves its end out, and the loop is one round off."
    ),
    "upper end": lambda: _("In line {line}, `{first}` never draws its upper end, `{second}`: it is left out."),
    "step in the middle": lambda: _(
        "In line {line}, the slice `{first}` has its parts in another order: Python reads them as start, end, step."
    ),
    "slice end": lambda: _(
        "In line {line}, the slice `{first}` ends at the wrong place. Python counts both ends from the first entry, and leaves the "
        "second one out."
    ),
    "slice start": lambda: _("In line {line}, the slice `{first}` begins at the wrong place: Python counts from 0."),
    "brackets": lambda: _(
        "In line {line}, look at the brackets of `{first}`: without them Python goes from left to right, products and divisions "
        "before sums."
    ),
    "bracket ends too late": lambda: _("In line {line}, look at `{first}`: too much stands inside its bracket."),
    "bracket ends too early": lambda: _("In line {line}, look at `{first}`: the bracket closes too early."),
    "neighbour": lambda: _("In line {line}, `{first}` is one place off."),
    "entry": lambda: _("In line {line}, `{first}` is the wrong entry."),
    "size": lambda: _("In line {line}, `{first}` is the size of another axis than the one that is needed."),
    # small
    "Python's own": lambda: _(
        "In line {line}, `{second}` is Python's own `{first}`, which goes along the first axis only. numpy's takes an axis, or the "
        "whole array."
    ),
    "axis": lambda: _("In line {line}, look at the axis of `{first}`: another one is needed here, or none."),
    "no axis": lambda: _(
        "In line {line}, `{first}` is one number for the whole array. It needs an axis: each row, or each column, has its own."
    ),
    "axis kept": lambda: _("In line {line}, `{first}` loses an axis, which `keepdims=True` keeps."),
    "axis not kept": lambda: _("In line {line}, `{first}` keeps an axis that is not asked for."),
    "matrix product": lambda: _(
        "In line {line}, `{first}` is a matrix product, where the products entry by entry are needed."
    ),
    "entry by entry": lambda: _(
        "In line {line}, `{first}` multiplies entry by entry, where a matrix product is needed."
    ),
    "product turned": lambda: _("In line {line}, the two parts of `{first}` stand in the other order."),
    "transpose": lambda: _("In line {line}, look at the transposes in `{first}`."),
    "all axes turned": lambda: _(
        "In line {line}, `{first}` puts all axes in the other order. Of a stack of matrices, only the last two change places."
    ),
    "function": lambda: _("In line {line}, `{first}` is the wrong function."),
    "signed sum": lambda: _(
        "In line {line}, `{first}` adds up numbers with their signs, so that those above and below 0 cancel: take absolute "
        "values first."
    ),
    "factor too many": lambda: _(
        "In line {line}, `{second}` is one factor too many in `{first}`: without it this is right."
    ),
    "divisor too many": lambda: _(
        "In line {line}, the division by `{second}` in `{first}` is one too many: without it this is right."
    ),
    "term too many": lambda: _(
        "In line {line}, `{second}` is one term too many in `{first}`: without it this is right."
    ),
    "sign": lambda: _("In line {line}, look at the sign `{second}` in `{first}`."),
    "no power": lambda: _("In line {line}, `{first}`: `^` does not raise to a power in Python: use `**`."),
    "turned": lambda: _("In line {line}, `{first}` is taken the other way round."),
    "added up": lambda: _("In line {line}, `{first}` adds up, where one new value is needed."),
    "not added up": lambda: _(
        "In line {line}, `{first}` puts a new value in the place of the one before in each round, where they add up."
    ),
    "comparison sign": lambda: _(
        "In line {line}, look at `{first}`: what belongs at exactly `{second}`, and on which side?"
    ),
    "equality": lambda: _("In line {line}, look at `{first}`: it says no where yes belongs, or the other way round."),
    "fractions": lambda: _("In line {line}, `{first}` may have a fraction, where a whole number is needed."),
    "minus": lambda: _("In line {line}, look at the sign in front of `{first}`."),
    "no minus": lambda: _("In line {line}, `{first}` has the right size and the other sign."),
    "minus inside": lambda: _("In line {line}, look at the sign of `{first}`: the exponential needs the other one."),
    "number": lambda: _("In line {line}, `{source}`, look at the number {first}: another one belongs there."),
    "fixed number": lambda: _(
        "In line {line}, `{source}`, the fixed number {first} stands where an argument of the function belongs."
    ),
    "keyword": lambda: _("In line {line}, look at `{second}` in `{first}`: without it this is right."),
    "call too many": lambda: _("In line {line}, `{second}`: `{first}` is one call too many."),
    "arguments exchanged": lambda: _("In line {line}, two arguments of `{first}` stand in each other's place."),
    "name": lambda: _("In line {line}, `{source}`, another quantity belongs in the place of `{first}`."),
}
