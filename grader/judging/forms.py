"""Recognises a returned value of another form than was asked for, such as a swapped pair or one name alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice, permutations
from typing import Any

import numpy as np

from ..course import Exercise, Finding, Outcome, Reference, split_output
from ..words import Sentence, _
from .compare import Difference, compare, extract

# Of more values than these the orders are too many to try.
MOST_ORDERED = 4
_OF_FORM = ("kind", "unsupported", "shape", "dtype", "values")


def with_forms(
    exercise: Exercise, reference: Reference, outcome: Outcome, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """The findings of one case; where its values are right in another form, they say so."""
    if outcome.problem or not any(finding.kind in _OF_FORM for finding in findings):
        return findings
    for look in _WHOLE:
        if message := look(exercise, reference, outcome):
            return (Finding("kind", None, message),)
    found = extract(exercise, reference.case, outcome.value, reference.expected)
    if isinstance(found, Difference):
        return findings
    return tuple(
        replace(f, message=f.message + _also(reference, f.output, found.get(f.output))) if f.output else f
        for f in findings
    )


# ---- the returned value as a whole


def _printed_only(_exercise: Exercise, _reference: Reference, outcome: Outcome) -> Sentence | None:
    if outcome.value is not None or not outcome.printed.strip():
        return None
    return _("the call printed something and returned nothing: `print` only shows a value, `return` gives it back")


def _one_more_bracket(exercise: Exercise, _reference: Reference, outcome: Outcome) -> Sentence | None:
    # Not by `match`: for a newer numpy an array is a sequence too, also one without a length.
    whole = outcome.value if isinstance(outcome.value, (tuple, list)) else ()
    inner = whole[0] if len(whole) == 1 else None
    if not isinstance(inner, (tuple, list)) or not 1 < len(exercise.returns) <= len(inner):
        return None
    return _("the values are in one more pair of brackets than asked for; a comma after the last one can do that")


def _one_alone(exercise: Exercise, reference: Reference, outcome: Outcome) -> Sentence | None:
    """Which of the values it is, where one came back in place of several."""
    if exercise.observe or len(exercise.returns) < 2 or isinstance(outcome.value, (tuple, list, type(None))):
        return None
    nothing = [None] * (len(exercise.returns) - 1)
    fitting = [
        name
        for place, name in enumerate(exercise.returns)
        if _right(exercise, reference, (*nothing[:place], outcome.value, *nothing[place:]), name)
    ]
    if len(fitting) != 1:
        return None
    return _("the call returned `{name}` alone; {count} values are asked for: {names}").format(
        name=fitting[0], count=len(exercise.returns), names=", ".join(exercise.returns)
    )


def _in_another_order(exercise: Exercise, reference: Reference, outcome: Outcome) -> Sentence | None:
    count = len(exercise.returns)
    value = outcome.value
    if not isinstance(value, (tuple, list)) or not 2 <= count <= min(MOST_ORDERED, len(value)):
        return None
    for order in islice(permutations(range(count)), 1, None):
        if _right(exercise, reference, (*(value[place] for place in order), *value[count:])):
            names = [exercise.returns[order.index(place)] for place in range(count)]
            return _("the values are right but come in the order {yours}; asked for is {names}").format(
                yours=", ".join(names), names=", ".join(exercise.returns)
            )
    return None


def _right(exercise: Exercise, reference: Reference, value: Any, name: str | None = None) -> bool:
    """Whether the outputs of a returned value are right: all of them, or those of one name."""
    found = extract(exercise, reference.case, value, reference.expected)
    if isinstance(found, Difference):
        return False
    about = exercise.judged(reference.case)
    outputs = [o for o in reference.expected if name is None or split_output(about[o])[0] == name]
    return bool(outputs) and all(compare(reference.expected[o], found[o], exercise.rtol) is None for o in outputs)


_WHOLE: Sequence[Callable[[Exercise, Reference, Outcome], Sentence | None]] = (
    _printed_only,
    _one_more_bracket,
    _one_alone,
    _in_another_order,
)


# ---- one output


def _also(reference: Reference, output: str, value: Any) -> str:
    """What an output that is not right equals: itself in a bracket, or without its fractions, or what another should be."""
    expected = reference.expected[output]
    if isinstance(value, tuple) and len(value) == 1 and compare(expected, value[0]) is None:
        return _("; the one value in it is right: a comma after an expression makes such a tuple")
    if _is_cut(expected, value):
        return _("; these are whole numbers, of the type {dtype}: the fractions are cut off").format(dtype=value.dtype)
    equal = [
        other
        for other, should in reference.expected.items()
        if other != output and _telling(should) and compare(should, value) is None and compare(should, expected)
    ]
    return _("; it is what {other} should be").format(other=equal[0]) if len(equal) == 1 else ""


def _is_cut(expected: Any, value: Any) -> bool:
    """Whether an array of whole numbers is the expected one without its fractions, as zeros_like of whole numbers keeps it."""
    arrays = isinstance(value, np.ndarray) and isinstance(expected, np.ndarray) and value.shape == expected.shape
    whole = arrays and value.dtype.kind in "iu" and expected.dtype.kind == "f"
    return whole and bool((value == np.trunc(expected)).all()) and bool((value != expected).any())


def _telling(expected: Any) -> bool:
    """Whether a value is not met by chance: real numbers, not small whole ones."""
    if not isinstance(expected, (float, np.floating, np.ndarray)):
        return False
    numbers = np.asarray(expected)
    return numbers.dtype.kind == "f" and not bool(np.all(numbers == np.round(numbers)))
