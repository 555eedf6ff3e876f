"""Notes for the lecture about a mistake: the lesson's own, else a general one for its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..judging.relations import FACTORS
from ..words import _


def note(written: Mapping[str, str], exercise: str, cause: str, draw: str = "") -> str:
    """The sentence for a mistake or relation, from the lesson's notes; else what to `draw`, or what helps with any mistake."""
    if own := written.get(f"{exercise}::{cause}"):
        return _(own)
    of_relation = _OF_RELATIONS.get(cause)
    return of_relation() if of_relation else draw or _any().format(exercise=exercise)


def _any() -> str:
    return _(
        "Work through `{exercise}` by hand with arrays of two rows and three columns, write every shape beside its array, and "
        "compare the two results number by number."
    )


def _sum_or_mean() -> str:
    return _("Copy the data set once and ask: what should happen to a sum, and what to a mean?")


def _divided_once() -> str:
    return _("Write the formula as one line and circle every division by a number of things: there is one.")


def _where_they_part() -> str:
    return _("Put numbers for two examples into the formula, and look where the two results part.")


# By the ids of `relations.py`.
_OF_RELATIONS: Mapping[str, Callable[[], str]] = {
    "negated": lambda: _("Put numbers into the formula, and follow the sign from the first step to the last."),
    "other signs": lambda: _(
        "Put a number below and one above the expected into the formula, and say of each step which sign it has."
    ),
    "twice": lambda: _("Differentiate a half of x squared and x squared side by side, and follow the 2."),
    "half": lambda: _("Differentiate a half of x squared and x squared side by side, and follow the 2."),
    "times m": _sum_or_mean,
    "times the length": _sum_or_mean,
    "divided by m": _divided_once,
    "divided by the length": _divided_once,
    "transposed": lambda: _(
        "Draw the array with its rows and columns named, and say aloud what one column stands for."
    ),
    "reshaped": lambda: _("Write the shape of each step under the formula, with what each axis stands for."),
    "rows in another order": lambda: _("Number the rows in a small drawing, and follow row 1 through every step."),
    "columns in another order": lambda: _(
        "Number the columns in a small drawing, and follow column 1 through every step."
    ),
    "squeezed": lambda: _("Add up a (2, 3) table with and without `keepdims`, and try to subtract each sum from it."),
    "all summed": lambda: _("Add up a (2, 3) table along each axis and along both: three results of three shapes."),
    "not summed": lambda: _("Write the table before the sum, with what each axis stands for, and cross one axis out."),
    "summed along another axis": lambda: _(
        "Add up a (2, 3) table along each axis: the same total, but only one of the two has an entry for each unit."
    ),
    **dict.fromkeys([*(f"times {factor}" for factor in FACTORS), "one factor"], _where_they_part),
    **dict.fromkeys(["logarithm to base 10", "logarithm to base 2"], _where_they_part),
}
