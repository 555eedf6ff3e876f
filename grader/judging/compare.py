"""A student's value against the reference value -> a Finding, in a fixed order: kind, shape, dtype, finite, values.

`np.allclose` is no judge: it broadcasts, it is asymmetric, and zeros pass as small gradients.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from ..course import Case, Exercise, Finding, Outcome, OutputFault, Reference, Unsupported, split_output
from ..course.plain import leaves
from ..running.exceptions.arrays import usual_cause
from ..words import Sentence, _, cut, joined, ngettext, quoted

# What is observed is computed with in the grader's own process: more entries than any exercise returns are not.
MOST_OBSERVED = 1_000_000

# Entries far smaller than the largest one carry its rounding error; this share of the largest is forgiven.
FLOOR = 1e-9
# What somebody computes in single precision carries this error, relative to an entry or to the largest one.
SINGLE = 1e-5
MOST_LISTED = 12
MOST_SAID = 160


# In place of a property that cannot be observed in the returned value, as the spread of three numbers.
UNSEEN = Unsupported("unseen")


@dataclass(frozen=True)
class Difference:
    """How two values differ: a kind of Finding and the sentence for it."""

    kind: OutputFault
    message: Sentence


def judge(exercise: Exercise, reference: Reference, outcome: Outcome) -> tuple[Finding, ...]:
    """What is wrong in one case: at most one finding for each output it is about."""
    if outcome.order and (outcome.problem == "raised" or _is_wrong(exercise, reference, outcome)):
        return (Finding("arguments", None, outcome.order),)
    if outcome.problem:
        return (Finding(outcome.problem, None, outcome.message),)
    found = extract(exercise, reference.case, outcome.value, reference.expected)
    if isinstance(found, Difference):
        return (Finding(found.kind, None, found.message),)
    differences = {
        name: _difference(exercise, name, value, found.get(name, UNSEEN)) for name, value in reference.expected.items()
    }
    if outcome.warnings:
        differences = {name: d and _with_warning(d, outcome.warnings[0]) for name, d in differences.items()}
    if outcome.undrawn:
        undrawn = Difference("undrawn", outcome.undrawn)
        differences = {n: d or (undrawn if n in exercise.drawn else None) for n, d in differences.items()}
    if reference.case.silent and outcome.warnings:
        warned = Difference("warned", Sentence(outcome.warnings[0]))
        differences = {name: difference or warned for name, difference in differences.items()}
    pace = reference.case.pace
    if pace and outcome.slowness > pace.times:
        text = _("it takes {yours:.0f} times as long as the work it is measured with; at most {most:.0f} is asked for")
        slow = Difference("slow", text.format(yours=outcome.slowness, most=pace.times))
        differences = {name: difference or slow for name, difference in differences.items()}
    return tuple(Finding(d.kind, name, d.message) for name, d in differences.items() if d)


def _difference(exercise: Exercise, output: str, expected: Any, found: Any) -> Difference | None:
    """How an output differs; what an exercise observes says itself what was seen, where it is a text."""
    difference = compare(expected, found, exercise.rtol, exact=output in exercise.exact)
    observed = exercise.observe is not None or output in exercise.properties
    if difference is None or not observed or not isinstance(found, str):
        return difference
    if not isinstance(expected, str):
        return Difference("values", _observed(found)) if exercise.observe else difference
    said = _("{found}; asked for: {expected}").format(found=_observed(found), expected=_observed(expected))
    return Difference("values", said)


def _with_warning(difference: Difference, first: str) -> Difference:
    """Where values are not finite, why: numpy's first warning is about the first of them."""
    cause = usual_cause(first) if difference.kind == "not_finite" else ""
    return replace(difference, message=joined((difference.message, cause), ". ")) if cause else difference


def _is_wrong(exercise: Exercise, reference: Reference, outcome: Outcome) -> bool:
    found = extract(exercise, reference.case, outcome.value, reference.expected)
    return isinstance(found, Difference) or any(
        compare(value, found.get(name, UNSEEN), exercise.rtol, exact=name in exercise.exact)
        for name, value in reference.expected.items()
    )


NOTHING_EXPECTED: Mapping[str, Any] = {}


def extract(
    exercise: Exercise, case: Case, value: Any, expected: Mapping[str, Any] = NOTHING_EXPECTED
) -> Mapping[str, Any] | Difference:
    """The outputs by name, taken out of the returned value; a missing one is a Difference in its place.

    expected: {output: its reference value}; where the one value asked for is a list, a tuple is that list.
    """
    if value is None:
        return Difference("kind", _("the call returned nothing: a function gives its result back with `return`"))
    if exercise.observe:
        if isinstance(value, Unsupported):
            return _unsupported(value)
        if sum(np.size(leaf) for leaf in leaves(value)) > MOST_OBSERVED:
            return Difference("kind", _("the returned value has far more entries than the exercise asks for"))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return exercise.observe(case, value)
        except KeyError as error:
            return Difference("kind", _("the returned dictionary has no entry {key}").format(key=_listed(error.args)))
        except Exception as error:
            if isinstance(value, tuple) and len(value) == 1:
                return Difference(
                    "kind", _("the call returned a tuple of one value: a comma after a value makes such a tuple")
                )
            return Difference(
                "kind", _("the returned value is not of the form asked for: {error!r}").format(error=error)
            )
    names = exercise.returns
    # More values than asked for are as good: what follows the last name is not judged. A tuple of one is a value itself.
    is_list = len(names) == 1 and isinstance(expected.get(names[0]), list)
    parts = value if _is_several(value, len(names), is_list) else (value,)
    if len(parts) < len(names):
        return Difference(
            "kind",
            _("the call returned {what}; {count} values are asked for: {names}").format(
                what=describe(value), count=len(names), names=", ".join(names)
            ),
        )
    by_name = dict(zip(names, parts, strict=False))
    found = {output: _entry(by_name, path) for output, path in exercise.judged(case).items()}
    return {output: _looked_at(exercise, case, output, value) for output, value in found.items()}


def _looked_at(exercise: Exercise, case: Case, output: str, value: Any) -> Any:
    """The property that an output asks for, where the value can have it; else the value."""
    look = exercise.properties.get(output)
    if look is None or isinstance(value, (Difference, Unsupported)):
        return value
    try:
        return look(case, value)
    except (TypeError, ValueError, OverflowError):
        return value


def _is_several(value: Any, asked: int, is_list: bool) -> bool:
    """Whether a value is several returned ones: those asked for and more. A tuple that is asked for as a list is one."""
    if asked > 1 or not isinstance(value, tuple):
        return asked > 1 and isinstance(value, (list, tuple))
    return len(value) > 1 and not (is_list and not isinstance(value[0], (list, tuple, np.ndarray)))


def _entry(by_name: Mapping[str, Any], output: str) -> Any:
    name, key = split_output(output)
    value = by_name[name]
    if key is None:
        return value
    if not isinstance(value, dict):
        return Difference(
            "kind", _("{name} is {what}; a dictionary is asked for").format(name=name, what=describe(value))
        )
    if key not in value:
        return Difference("kind", _("{name} {lacks}").format(name=name, lacks=_without([key], value)))
    return value[key]


def _without(missing: Sequence[Any], actual: Mapping[Any, Any]) -> Sentence:
    """That entries are missing in a dictionary, which it has, and which of them is only spelt in another way."""
    text = ngettext("has no entry {missing}", "has no entries {missing}", len(missing)).format(missing=_listed(missing))
    if actual:
        text += _("; its keys are: {keys}").format(keys=_listed(actual))
    spelt = {_spelling(key): key for key in actual}
    alike = [spelt[_spelling(key)] for key in missing if _spelling(key) in spelt]
    return text + (_("; {key} is spelt in another way").format(key=_listed(alike)) if alike else "")


def _spelling(key: Any) -> Any:
    return key.replace("_", "").replace(" ", "").casefold() if isinstance(key, str) else key


def _listed(keys: Iterable[Any]) -> str:
    shown = [f'"{key:.40}"' if isinstance(key, str) else describe(key) for key in islice(keys, MOST_LISTED + 1)]
    return ", ".join(shown[:MOST_LISTED] + ["…"] * (len(shown) > MOST_LISTED))


def compare(expected: Any, actual: Any, rtol: float = 1e-6, *, exact: bool = False) -> Difference | None:
    """The first way in which `actual` differs from `expected`, or None where it is as good.

    exact: one number in another shape, and a dictionary with keys that are not asked for, are not as good.
    """
    if isinstance(actual, Difference):
        return actual
    if actual is UNSEEN:
        return Difference("unsupported", _("is too small, or not of the form asked for"))
    if isinstance(actual, Unsupported):
        return _unsupported(actual)
    if isinstance(expected, dict):
        return _compare_entries(expected, actual, rtol, exact)
    if isinstance(expected, (list, tuple)):
        return _compare_sequences(expected, actual, rtol)
    if isinstance(expected, (bool, np.bool_)):
        holds = isinstance(actual, (bool, np.bool_)) and bool(actual) == expected
        return None if holds else Difference("values", _("this does not hold for what you returned"))
    if expected is None or isinstance(expected, str):
        return _compare_text(expected, actual)
    return _compare_numbers(np.asarray(expected), actual, rtol, exact)


def _unsupported(value: Unsupported) -> Difference:
    return Difference(
        "unsupported", _("is {what}; plain numpy arrays and numbers can be checked").format(what=value.what)
    )


def _compare_text(expected: str | None, actual: Any) -> Difference | None:
    if isinstance(actual, float) and not np.isfinite(actual):
        return Difference("not_finite", Sentence(str(actual)))
    is_text = isinstance(actual, str)
    if actual is expected or (is_text and actual == expected):
        return None
    found = quoted(_observed(actual)) if is_text else describe(actual)
    asked = None if expected is None else _observed(expected)
    return Difference("values", _("{shown}, expected {expected!r}").format(shown=found, expected=asked))


def _observed(text: str) -> Sentence:
    """What `observe` says of a value: a sentence of the lesson, or a text of the student's."""
    return text if isinstance(text, Sentence) else _(cut(text, MOST_SAID))


def _compare_entries(expected: Mapping[Any, Any], actual: Any, rtol: float, exact: bool) -> Difference | None:
    if not isinstance(actual, dict):
        return Difference("kind", _("is {what}; a dictionary is asked for").format(what=describe(actual)))
    if missing := [key for key in expected if key not in actual]:
        return Difference("kind", _without(missing, actual))
    if exact and (more := [key for key in actual if key not in expected]):
        text = ngettext(
            "has an entry that is not asked for: {more}", "has entries that are not asked for: {more}", len(more)
        )
        return Difference("kind", text.format(more=_listed(more)))
    for key, value in expected.items():
        if difference := compare(value, actual[key], rtol):
            return Difference(difference.kind, _('["{key}"]: {message}').format(key=key, message=difference.message))
    return None


def _compare_sequences(expected: list[Any] | tuple[Any, ...], actual: Any, rtol: float) -> Difference | None:
    if not isinstance(actual, (list, tuple)) and not (isinstance(actual, np.ndarray) and actual.ndim):
        return Difference("kind", _("is {what}; a list is asked for").format(what=describe(actual)))
    if len(actual) != len(expected):
        return Difference(
            "shape",
            ngettext("has {n} entry; {asked} asked for", "has {n} entries; {asked} asked for", len(actual)).format(
                n=len(actual), asked=len(expected)
            ),
        )
    for index, (one, other) in enumerate(zip(expected, actual, strict=True)):
        if difference := compare(one, other, rtol):
            return Difference(
                difference.kind, _("entry [{index}]: {message}").format(index=index, message=difference.message)
            )
    return None


def _compare_numbers(expected: np.ndarray, actual: Any, rtol: float, exact: bool) -> Difference | None:
    if not isinstance(actual, (bool, int, float, complex, np.generic, np.ndarray)):
        one, many = _("is {what}; a number is asked for"), _("is {what}; an array of shape {shape} is asked for")
        said = one if expected.size == 1 else many
        return Difference("kind", said.format(what=describe(actual), shape=expected.shape))
    actual = np.asarray(actual)
    # One number is one number, as a scalar, as (1,) or as (1, 1).
    if actual.shape != expected.shape and (exact or not actual.size == expected.size == 1):
        return Difference(
            "shape", _("shape is {actual}, expected {expected}").format(actual=actual.shape, expected=expected.shape)
        )
    if actual.dtype.kind not in "biuf":
        return Difference("dtype", _("the numbers are of dtype {dtype}, expected real ones").format(dtype=actual.dtype))
    rtol, floor = (max(rtol, SINGLE), SINGLE) if actual.dtype == np.float32 else (rtol, FLOOR)
    expected, actual = expected.astype(float), actual.astype(float).reshape(expected.shape)
    if not np.isfinite(actual).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(actual))[0])
        text = (
            _("{value} stands at {where}").format(value=actual[where], where=_index(where))
            if where
            else Sentence(str(actual[()]))
        )
        return Difference("not_finite", text)
    return _compare_values(expected, actual, rtol, floor)


def _compare_values(expected: np.ndarray, actual: np.ndarray, rtol: float, floor: float) -> Difference | None:
    least = floor * (np.abs(expected).max(initial=0.0) or 1e-3)
    with np.errstate(over="ignore"):
        wrong = np.abs(actual - expected) > np.maximum(rtol * np.abs(expected), least)
    if not wrong.any():
        return None
    where = tuple(int(i) for i in np.argwhere(wrong)[0])
    yours, right = apart(float(actual[where]), float(expected[where]))
    if expected.size == 1:
        return Difference("values", _("{yours}, expected {right}").format(yours=yours, right=right))
    return Difference(
        "values",
        _(
            "first difference at {where}: {yours}, expected {right} ({wrong} of {all} entries differ; the shape {shape} is right)"
        ).format(
            where=_index(where),
            yours=yours,
            right=right,
            wrong=int(wrong.sum()),
            all=expected.size,
            shape=expected.shape,
        ),
    )


def _index(where: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, where)) + "]"


def apart(one: float, other: float) -> tuple[str, str]:
    """Both numbers with as few digits as still tell them apart, four decimals where that will do."""
    if one == int(one) and other == int(other) and max(abs(one), abs(other)) < 1e6:
        # Added to 0, so that there is no -0.
        return f"{one + 0.0:.0f}", f"{other + 0.0:.0f}"
    if f"{one:.4f}" != f"{other:.4f}" and min(abs(one), abs(other)) > 1e-3 and max(abs(one), abs(other)) < 1e6:
        return f"{one:.4f}", f"{other:.4f}"
    for digits in range(4, 17):
        if f"{one:.{digits}g}" != f"{other:.{digits}g}":
            return f"{one:.{digits}g}", f"{other:.{digits}g}"
    return repr(one), repr(other)


def describe(value: Any) -> str:
    """A returned value in words: 'an array of shape (3, 1)', '2 values', 'a dictionary'."""
    if isinstance(value, np.ndarray) and value.ndim:
        return _("an array of shape {shape}").format(shape=value.shape)
    if isinstance(value, tuple):
        return ngettext("{n} value", "{n} values", len(value)).format(n=len(value))
    if isinstance(value, Unsupported):
        return value.what
    names = {dict: _("a dictionary"), list: _("a list"), str: _("a text"), type(None): _("nothing (None)")}
    return names.get(type(value), _("one number"))
