"""One call of a student's function -> an Outcome. The same code serves `check`, in the kernel, and the sandbox."""

from __future__ import annotations

import contextlib
import copy
import dis
import inspect
import io
import sys
import time
import warnings
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .course import Case, Given, Outcome, Pace, Seeded, Unsupported
from .inplace import changed
from .raised import explained, text_of
from .unfilled import is_unfilled
from .words import _, encodable

# The dtypes a returned array may have; they are also all that travels between processes.
DTYPES = frozenset(np.dtype(code).str for code in "?bhiqBHIQefdFD")
MAX_DEPTH = 8
MAX_ITEMS = 10_000
MAX_PRINTED = 4_000
_ABOUT_LATER = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
# A call that seems too slow gets so many tries, and the work it is measured with runs for so many seconds of CPU: long
# enough for the clock, which on Windows is a coarse one (16 ms).
TRIES = 3
SPAN = 0.02 if sys.platform == "win32" else 0.003


def call(function: Callable[..., Any], case: Case) -> Outcome:
    """The outcome of `function` on the case's inputs, which it gets as copies of its own.

    What it prints and what numpy warns of is kept in the outcome. KeyboardInterrupt passes through.
    """
    outcome = paced(case.pace, lambda: _call(function, case))
    if _came_to_nothing(outcome) and is_unfilled(function):
        return Outcome(problem="not_implemented", seconds=outcome.seconds)
    return outcome


def _came_to_nothing(outcome: Outcome) -> bool:
    """Whether a call raised, or a value is missing in what it returned."""
    return outcome.problem in ("raised", "arguments") or (outcome.problem is None and _lacks(outcome.value))


def _lacks(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return value is None or any(map(_lacks, parts))


def paced(pace: Pace | None, run: Callable[[], Outcome]) -> Outcome:
    """The outcome of `run`; where there is a pace, with its slowness: that of the quickest run, as machines are busy."""
    outcome = run()
    if pace is None or outcome.problem:
        return outcome
    unit = _seconds(stand_in(pace.work))
    seconds = outcome.seconds
    for _try in range(TRIES - 1):
        if seconds > pace.times * unit:
            seconds = min(seconds, run().seconds)
    return replace(outcome, slowness=seconds / unit)


def _seconds(work: Callable[[], Any]) -> float:
    """The CPU time of one run of `work`, a mean over as many as fill SPAN."""
    runs, start = 0, time.thread_time()
    while (spent := time.thread_time() - start) < SPAN:
        work()
        runs += 1
    return spent / runs


def _call(function: Callable[..., Any], case: Case) -> Outcome:
    if not callable(function):
        what = type(function).__name__
        return Outcome(problem="arguments", message=_("this name is a {what}, not a function").format(what=what))
    args, kwargs = arguments(case)
    args += (None,) * _unused_extra_parameters(function, len(args), kwargs)
    if mismatch := _mismatch(function, args, kwargs):
        return Outcome(problem="arguments", message=mismatch)
    printed, value, problem, message, signature = Tail(), None, None, "", ""
    with _replaced(function, case.given), warnings.catch_warnings(record=True) as caught:
        # Each warning once per line: a loop may give millions.
        warnings.simplefilter("default")
        start = time.process_time()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                value = plain(function(*args, **kwargs))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            problem, message, signature = explained(error, function)
        seconds = time.process_time() - start
    # What numpy or Python will do in a later version is not about these numbers.
    about_numbers = [w for w in caught if not issubclass(w.category, _ABOUT_LATER)]
    said = tuple(dict.fromkeys(text_of(w.message, 200) for w in about_numbers[:50]))
    touched = changed([case.args, dict(case.kwargs)], [args[: len(case.args)], kwargs])
    return Outcome(
        value, problem, message, seconds, encodable(printed.getvalue()), said, changed=touched, signature=signature
    )


def arguments(case: Case) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Copies of a case's inputs, as a function gets them; a Seeded one has become a Generator."""
    args, kwargs = copy.deepcopy((case.args, dict(case.kwargs)))
    return tuple(map(_generated, args)), {name: _generated(value) for name, value in kwargs.items()}


def _generated(value: Any) -> Any:
    return value.generator() if isinstance(value, Seeded) else value


def plain(value: Any, depth: int = 0) -> Any:
    """A copy of `value` made of plain data only; what is not plain data becomes Unsupported, in its place."""
    kind = type(value)
    if kind in (bool, float, complex, type(None)):
        return value
    if isinstance(value, str):
        return encodable(str.__str__(value))
    if kind is int:
        return value if -(2**63) <= value < 2**64 else Unsupported(_("an int beyond 64 bits"))
    if kind is np.ndarray or isinstance(value, np.generic):
        if value.dtype == np.longdouble:
            value = value.astype(float)
        if value.dtype.str not in DTYPES:
            return Unsupported(_("an array of dtype {dtype}").format(dtype=value.dtype))
        return value.copy()
    if isinstance(value, tuple):
        # One with named entries is one all the same.
        kind, value = tuple, tuple(value)
    if kind in (tuple, list, dict, OrderedDict, defaultdict):
        if depth >= MAX_DEPTH or len(value) > MAX_ITEMS:
            return Unsupported(_("a structure that is too deep or too long"))
        if kind in (tuple, list):
            return kind(plain(item, depth + 1) for item in value)
        return {plain(key): plain(item, depth + 1) for key, item in value.items() if type(plain(key)) in (str, int)}
    return Unsupported(f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."))


class Tail(io.StringIO):
    """A text stream that keeps the first part of what is written and drops the rest."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MAX_PRINTED - self.tell())])
        return len(text)


def stand_in(given: Given, own: Callable[..., Any] | None = None) -> Callable[..., Any]:
    """The function a `Given` describes, for calls of `own`, in whose place it is; each works on copies of its own."""
    parameters = _parameters(given.function) or []
    names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    # The first is the data; what the exercise's function has besides is the student's own affair.
    most = len(names) - 1 if len(names) == len(parameters) else None

    as_own = _signature(own) if own is not None else None

    def called(*args: Any, **kwargs: Any) -> Any:
        if as_own and (kwargs or (most is not None and len(args) > most)):
            # A call that does not fit it raises, as one of the student's own function does.
            bound = as_own.bind(*args, **kwargs)
            args = bound.args
            kwargs = {name: value for name, value in bound.kwargs.items() if most is None or name in names}
        return given.function(copy.deepcopy(given.data), *args[:most], **kwargs)

    return called


@contextlib.contextmanager
def _replaced(function: Callable[..., Any], given: Mapping[str, Given]) -> Iterator[None]:
    """The module of `function` with the given functions in place of its own, whatever it calls them."""
    names = getattr(_innermost(function), "__globals__", {})
    missing = object()
    called = {name: of for of in given for name in (of, *_alike(names, of), *_second_names(names, of))}
    own = {name: names.get(name, missing) for name in called}
    names.update({name: stand_in(given[of], own[name]) for name, of in called.items()})
    try:
        yield
    finally:
        for name, value in own.items():
            if value is missing:
                del names[name]
            else:
                names[name] = value


def _second_names(names: Mapping[str, Any], function: str) -> list[str]:
    """Names that stand for the same function, as after `step = update_parameters`."""
    return [name for name, value in names.items() if callable(value) and value is names.get(function)]


def _innermost(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function that was written down, where it is wrapped by a decorator, a partial one, or made by a class."""
    for _layer in range(MAX_DEPTH):
        inner = (getattr(function, name, None) for name in ("__wrapped__", "func", "pyfunc"))
        if (found := next(filter(callable, inner), None)) is None:
            break
        function = found
    return function if hasattr(function, "__globals__") else type(function).__call__


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    signature = _signature(function)
    return None if signature is None else list(signature.parameters.values())


def _signature(function: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def _unused_extra_parameters(function: Callable[..., Any], passed: int, kwargs: Mapping[str, Any]) -> int:
    """How many required parameters after the passed ones the function never reads: they are filled with None."""
    required = [
        p.name
        for p in _parameters(function) or []
        if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty and p.name not in kwargs
    ]
    extra = required[passed:]
    code = getattr(function, "__code__", None)
    if not extra or code is None:
        return 0
    read = {step.argval for step in dis.get_instructions(code) if step.opname.startswith("LOAD")}
    # Two names in one instruction (LOAD_FAST_LOAD_FAST) come as a tuple.
    read |= {name for names in read if isinstance(names, tuple) for name in names}
    return 0 if read & set(extra) else len(extra)


def _mismatch(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    parameters = _parameters(function)
    if parameters is None:
        return ""
    try:
        inspect.signature(function).bind(*args, **kwargs)
    except TypeError as error:
        listed = ", ".join(p.name for p in parameters)
        return _("it is defined with the parameters ({listed}), and a call of the exercise fails: {error}").format(
            listed=listed, error=error
        )
    return ""


def find(names: Mapping[str, Any], exercise: str) -> Callable[..., Any] | None:
    """The function of that name; `normalizeRows` serves for `normalize_rows`, the last such definition wins."""
    if exercise in names:
        function: Callable[..., Any] = names[exercise]
        return function
    alike = _alike(names, exercise)
    return names[alike[-1]] if alike else None


def _alike(names: Mapping[str, Any], exercise: str) -> list[str]:
    """The functions whose names are that of an exercise, spelt in another way or not."""
    return [name for name in names if bare(name) == bare(exercise) and callable(names[name])]


def bare(name: str) -> str:
    """`name` without what different spellings of it differ in."""
    return name.replace("_", "").lower()
