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
    "UnboundLocalError": (names.used_before_assignment,),
    "NameError": (names.unknown_name,),
    "KeyError": (names.missing_entry,),
    "IndexError": (names.index_out_of_range,),
    "AttributeError": (names.missing_attribute,),
    "EOFError": (values.input_unavailable,),
    "TypeError": (
        values.caret_for_power,
        values.unpacking_mismatch,
        values.iteration_over_number,
        values.scalar_expected,
        values.wrong_call,
        values.wrong_type,
        arrays.dtype_cannot_change,
        values.operand_of_wrong_kind,
        arrays.shapes_in_expression,
    ),
    "ValueError": (
        arrays.truth_of_an_array,
        values.parts_of_different_shapes,
        values.operand_of_wrong_kind,
        arrays.shape_mismatch,
        arrays.broadcast_output,
        arrays.fixed_shape,
        arrays.reshape_to_other_size,
        values.unpacking_mismatch,
        names.index_out_of_range,
        arrays.shapes_in_expression,
    ),
    "ZeroDivisionError": (arrays.division_by_zero,),
    "AssertionError": (arrays.failed_assertion, arrays.shapes_in_expression),
    "NotImplementedError": (values.unfilled_stub,),
    "RecursionError": (arrays.endless_recursion,),
    "FloatingPointError": (arrays.float_error,),
    "MemoryError": (too_large,),
}
