"""What to say or draw in the lecture about a known mistake: one module of NOTES per lesson, "exercise::id" -> sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec

from ...words import _


def note(lesson: str, exercise: str, cause: str) -> str:
    """One sentence for the person at the board; where nobody has written one, what helps with any mistake."""
    own = notes(lesson).get(f"{exercise}::{cause}")
    if own:
        return _(own)
    general = _OF_RELATIONS.get(cause, lambda: _ANY)
    return general().format(exercise=exercise)


def notes(lesson: str) -> Mapping[str, str]:
    name = f"{__name__}.{lesson}"
    found: Mapping[str, str] = import_module(name).NOTES if find_spec(name) else {}
    return found


_ANY = _(
    "Work through `{exercise}` by hand for two features and three examples, write every shape beside its array, and "
    "compare the two results number by number."
)
# The ids are those of `relations.py`.
_OF_RELATIONS: Mapping[str, Callable[[], str]] = {
    "negated": lambda: _("Draw a cost with its slope at one point, and ask on which side of it the minimum is."),
    "twice": lambda: _("Differentiate a half of x squared and x squared side by side, and follow the 2."),
    "half": lambda: _("Differentiate a half of x squared and x squared side by side, and follow the 2."),
    "times m": lambda: _("Double the data set by copying it, and ask what should happen to a sum and what to a mean."),
    "divided by m": lambda: _(
        "Write the formula once more and mark each place that divides by the number of examples: there is one."
    ),
    "transposed": lambda: _(
        "Draw the array with its rows and columns named, and say aloud what one column stands for."
    ),
    "reshaped": lambda: _("Write the shape of each step under the formula, with what each axis stands for."),
    "rows in another order": lambda: _("Number the rows in a small drawing, and follow row 1 through every step."),
}
