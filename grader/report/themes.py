"""What several mistakes have in common, for a lecture: themes, each with two sentences and something to draw. Pure.

An author says of which theme a known mistake is, in `board.toml`; that of a relation or of a small change of the solution is
known. Where nobody says it, a mistake has no theme: it is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..course.nouns import TOGETHER
from ..judging.mutant_words import exchanged, is_mutant
from ..judging.relations import FACTORS
from ..words import _


@dataclass(frozen=True)
class Theme:
    """What to say about it in two sentences, and what to draw."""

    title: str
    why: str
    draw: str


def theme(name: str) -> Theme:
    """The theme of that name, in the reader's language."""
    return THEMES[name]()


# In the order in which they are shown where equally many have them.
THEMES: Mapping[str, Callable[[], Theme]] = {
    "mean": lambda: Theme(
        _("Sums and means"),
        _(
            "A mean is missing, taken twice, or taken over something else than the examples. Every number looks plausible; only "
            "its size is wrong, and it changes when the same data come twice."
        ),
        _(
            "Write the whole formula as one line, circle every division by a number of things, and ask of each circle: over "
            "what is this the mean?"
        ),
    ),
    "shape": lambda: Theme(
        _("Shapes and axes"),
        _(
            "A result has its numbers along another axis, is transposed, has lost an axis, or was added up along the wrong one. "
            "numpy says nothing where shapes happen to fit."
        ),
        _("Draw each array as a table with a word on each side, what a row is and what a column is, and cross out the side that a sum removes."),
    ),
    "sign": lambda: Theme(
        _("Signs and directions"),
        _(
            "Something goes the other way: a sign is turned, a difference is taken from the other side, or a step goes uphill. "
            "The size of every number is right, so a glance does not see it."
        ),
        _("Take one example with an answer that is too high, and follow the sign from the error to the step: should the next answer be lower?"),
    ),
    "argument": lambda: Theme(
        _("Arguments that are not used"),
        _(
            "A function computes with a number or a name of its own where an argument should decide. It is right until "
            "somebody calls it with another value."
        ),
        _("Draw a line from each argument in the first line of the function to every place where it is used: which one has no line?"),
    ),
    "index": lambda: Theme(
        _("First, last and in which order"),
        _(
            "A loop begins or ends one too early or too late, a key counts from another number, or things stand in another "
            "order. The middle is right; the ends are not."
        ),
        _("Write the indices 0, 1, 2, ... in a row, tick the ones that the loop visits, and say aloud what happens at the first and at the last."),
    ),
    "function": lambda: Theme(
        _("A function in the place of another"),
        _(
            "A similar function is used, the function in the place of its derivative, or none at all. Both curves can look alike "
            "over part of their way, so some cases are right."
        ),
        _("Draw the function and its derivative on one pair of axes, mark both values at three points, and ask which of the two the formula needs."),
    ),
    "formula": lambda: Theme(
        _("A part of the formula"),
        _(
            "A term, a factor or a root is left out, or something else stands in its place. The code runs and looks like the formula; only "
            "a comparison part by part shows the difference."
        ),
        _("Write the formula with a box round each part, compute every box for one small example, and let each student tick the boxes that the code has."),
    ),
    "moment": lambda: Theme(
        _("Before or after"),
        _(
            "A value is taken at another moment: before a step and not after it, from the start and not from now, or a new value "
            "is computed and not kept. The formula is right, and what goes into it is not."
        ),
        _("Make a table with one row for each step and one column for each quantity, fill in two rows by hand, and point to the cell that each line of code reads."),
    ),
    "number": lambda: Theme(
        _("Zero, one half and infinity"),
        _(
            "At 0, at exactly one half, at very large numbers and between whole ones a formula shows its other side. A test with "
            "ordinary numbers passes all of these."
        ),
        _("Draw the line of numbers, mark 0, the border and the largest number that the computer has, and evaluate the line of code at each mark."),
    ),
    "chance": lambda: Theme(
        _("Randomness"),
        _(
            "Numbers are drawn from another distribution, once where they should be drawn for each, or where nothing should be "
            "left to chance. One run looks like any other; only many of them show it."
        ),
        _("Draw ten numbers by hand, with a coin or with slips of paper, and mark in a histogram where they fall and how often one draw is made."),
    ),
}  # fmt: skip

# By the ids of `judging/relations.py`.
_OF_RELATIONS = {
    "negated": "sign",
    "other signs": "sign",
    "times m": "mean",
    "divided by m": "mean",
    "times the length": "mean",
    "divided by the length": "mean",
    "twice": "formula",
    "half": "formula",
    **{f"times {factor}": "formula" for factor in FACTORS},
    "logarithm to base 10": "formula",
    "logarithm to base 2": "formula",
    "one factor": "formula",
    "transposed": "shape",
    "reshaped": "shape",
    "squeezed": "shape",
    "all summed": "shape",
    "not summed": "shape",
    "summed along another axis": "shape",
    "rows in another order": "index",
    "columns in another order": "index",
}

# By the kinds of `judging/mutant_words.py`; what can be of several themes has none.
_OF_CHANGES = {
    "minus for plus": "sign",
    "plus for minus": "sign",
    "difference turned": "sign",
    "sign turned": "sign",
    "True and False": "sign",
    "entry by entry": "shape",
    "matrix product": "shape",
    "matrix product turned": "shape",
    "without transpose": "shape",
    "another axis": "shape",
    "another direction": "shape",
    "another value": "argument",
    "without argument": "argument",
    "one round less": "index",
    "another function": "function",
    "functions exchanged": "function",
    "fractions kept": "number",
    "not added up": "moment",
    "division for product": "formula",
    "product for division": "formula",
    "product for power": "formula",
    "quotient turned": "formula",
    "without term": "formula",
    "without factor": "formula",
    "without power": "formula",
    "half a difference": "formula",
    "half an operation": "formula",
    "half a matrix product": "formula",
    "other brackets": "formula",
    "bracket closed early": "formula",
    "step left out": "formula",
}


def theme_of(written: Mapping[str, str], exercise: str, cause: str) -> str:
    """The name of a cause's theme: as the lesson's author wrote it down, else what is known of its kind; '' where nobody knows."""
    if len(parts := cause.split(TOGETHER)) > 1:
        themes = {theme_of(written, exercise, part) for part in parts}
        return themes.pop() if len(themes) == 1 else ""
    if own := written.get(f"{exercise}::{cause}"):
        # A newer pack may know a theme that this grader does not.
        return own if own in THEMES else ""
    return _OF_CHANGES.get(exchanged(cause)[1], "") if is_mutant(cause) else _OF_RELATIONS.get(cause, "")
