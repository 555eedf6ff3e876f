"""The usual cause of an exception, in a sentence or two: by its type, by what Python or numpy says, and by the values.

A cause is named only where the values at the place show it; else there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable

from . import arrays, names, values
from .fitting import too_large
from .place import Place

Reason = Callable[[str, Place], str]


def reason(error: BaseException, text: str, place: Place | None) -> str:
    """Why it was raised, as far as that can be seen; '' elsewhere."""
    if place is None:
        return ""
    try:
        told = (why(text, place) for kind in _kinds(error) for why in _REASONS.get(kind, ()))
        return next(filter(None, told), "")
    except Exception:
        # Whatever a student's values may be, the exception itself is reported.
        return ""


def _kinds(error: BaseException) -> list[str]:
    """The names of its type and of those it is made from, the most exact one first; none of a student's own."""
    own = type(error).__module__.partition(".")[0] not in ("builtins", "numpy")
    return [] if own else [kind.__name__.lstrip("_") for kind in type(error).__mro__]


_REASONS: dict[str, tuple[Reason, ...]] = {
    "UnboundLocalError": (names.value_too_late,),
    "NameError": (names.unknown_name,),
    "KeyError": (names.missing_entry,),
    "IndexError": (names.outside,),
    "AttributeError": (names.missing_attribute,),
    "EOFError": (values.nobody_types,),
    "TypeError": (
        values.no_power,
        values.taken_apart,
        values.loop_over_number,
        values.one_number_wanted,
        values.wrong_call,
        values.wrong_type,
        arrays.type_must_stay,
        values.odd_operand,
        arrays.shapes_here,
    ),
    "ValueError": (
        arrays.several_truths,
        values.parts_of_different_shapes,
        values.odd_operand,
        arrays.misfit_here,
        arrays.no_room,
        arrays.shape_must_stay,
        arrays.other_size,
        values.taken_apart,
        names.outside,
        arrays.shapes_here,
    ),
    "ZeroDivisionError": (arrays.by_zero,),
    "AssertionError": (arrays.not_held, arrays.shapes_here),
    "NotImplementedError": (values.left_over,),
    "RecursionError": (arrays.endless,),
    "FloatingPointError": (arrays.float_error,),
    "MemoryError": (too_large,),
}
