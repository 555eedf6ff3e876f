"""One call of a student's function -> an Outcome. The same code serves `check`, in the kernel, and the sandbox."""

from __future__ import annotations

import builtins
import contextlib
import copy
import io
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..course import CallProblem, Case, Outcome, Seeded, Unsupported
from ..course.plain import DTYPES, MAX_DEPTH, MAX_ITEMS, MAX_KEY, MAX_TEXT, leaves
from ..words import Sentence, _, encodable
from .drawing import nothing_drawn
from .drawn import from_elsewhere, states, untouched
from .exceptions import explained, place_of, text_of
from .floating import are_raised, looked_at, without_looking
from .inplace import changed
from .older import as_before, note_on
from .pacing import paced
from .replacing import replaced
from .signatures import NOTHING_AGREED, Contract, Misfit, another_order, fitted, signature_of
from .unfilled import is_unfilled

MAX_PRINTED = 4_000
# Of all that one call returns: no exercise returns a hundredth of it.
MAX_PARTS, MAX_BYTES = 100_000, 1 << 29
# What a container holds by its own type: what a subclass overrides is not asked.
_ITEMS: dict[Any, Callable[[Any], Any]] = {tuple: tuple.__iter__, list: list.__iter__, dict: dict.items}
_ABOUT_LATER = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)


def call(function: Callable[..., Any], case: Case, name: str = "", contract: Contract = NOTHING_AGREED) -> Outcome:
    """The outcome of `function` on the case's inputs, which it gets as copies of its own.

    name: of its exercise, whose parameters are those of the contract.
    What it prints and what numpy warns of is kept in the outcome; what it draws is not. KeyboardInterrupt passes through.
    """
    outcome = paced(case, lambda one: _call(function, one, name, contract))
    if elsewhere := from_elsewhere(case, outcome, lambda: _call(function, case, name, contract)):
        outcome = replace(outcome, undrawn=elsewhere)
    if _came_to_nothing(outcome) and is_unfilled(function):
        return Outcome(problem="not_implemented", seconds=outcome.seconds)
    return outcome


def _came_to_nothing(outcome: Outcome) -> bool:
    """Whether a call raised, or a value is missing in what it returned."""
    return outcome.problem in ("raised", "arguments") or (
        outcome.problem is None and any(leaf is None for leaf in leaves(outcome.value))
    )


def _call(function: Callable[..., Any], case: Case, name: str, contract: Contract) -> Outcome:
    if not callable(function):
        what = type(function).__name__
        return Outcome(problem="arguments", message=_("this name is a {what}, not a function").format(what=what))
    outcome, error = _once(function, case, name, contract)
    if error and (note := note_on(error, place_of(error, function))) and (before := as_before(function)):
        again, _error = _once(before, case, name, contract)
        return again if again.problem else replace(again, notes=(note,))
    return outcome


def _once(
    function: Callable[..., Any], case: Case, name: str, contract: Contract
) -> tuple[Outcome, BaseException | None]:
    """The outcome of one call, and what it raised."""
    given_args, own = arguments(case), signature_of(function)
    try:
        args, kwargs = fitted(function, own, name, given_args, contract)
    except Misfit as misfit:
        return Outcome(problem="arguments", message=misfit.message), None
    printed, value, message, signature = Tail(), None, Sentence(), ""
    problem: CallProblem | None = None
    before = states(given_args)
    raised: BaseException | None = None
    looks = case.silent and not are_raised()
    with (
        looked_at(args) if looks else contextlib.nullcontext(args) as args,
        replaced(function, case.given, contract) as asked,
        nothing_drawn(),
        _nobody_types(function),
        warnings.catch_warnings(record=True) as caught,
    ):
        # Each warning once per line: a loop may give millions.
        warnings.simplefilter("default")
        start = time.process_time()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                returned = function(*args, **kwargs)
                value = plain(without_looking(returned) if looks else returned)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raised = error
            problem, message, signature = explained(error, function)
        seconds = time.process_time() - start
    outcome = Outcome(
        value,
        problem,
        message,
        seconds,
        encodable(printed.getvalue()),
        _texts_of(caught),
        changed=changed([case.args, dict(case.kwargs)], list(given_args)),
        signature=signature,
        asked=tuple(sorted(asked)),
        order=another_order(own, name, len(case.args), contract),
        undrawn=untouched(before, states(given_args)),
    )
    return outcome, raised


def _texts_of(caught: Sequence[warnings.WarningMessage]) -> tuple[str, ...]:
    """What numpy and Python warn of, each text once."""
    # What they will do in a later version is not about these numbers.
    about_numbers = [w for w in caught if not issubclass(w.category, _ABOUT_LATER)]
    return tuple(dict.fromkeys(text_of(w.message, 200) for w in about_numbers[:50]))


@contextlib.contextmanager
def _nobody_types(function: Callable[..., Any]) -> Iterator[None]:
    """Inside the block, `input` fails as it does without a keyboard: a call gets all that it needs as arguments."""
    own = getattr(function, "__globals__", {}).get("__builtins__")
    # A notebook that was read from a file has builtins of its own.
    around = own if isinstance(own, dict) and "input" in own else vars(builtins)
    before = around["input"]
    around["input"] = _nothing_typed
    try:
        yield
    finally:
        around["input"] = before


def _nothing_typed(*_prompt: object) -> str:
    raise EOFError


def tried(
    function: Callable[..., Any], case: Case, name: str = "", contract: Contract = NOTHING_AGREED
) -> Outcome | None:
    """The outcome of a call of which only the value is wanted, as fast as possible; None if it raised."""
    given_args, own = arguments(case), signature_of(function)
    try:
        args, kwargs = fitted(function, own, name, given_args, contract)
    except Misfit:
        return None
    looks = case.silent and not are_raised()
    with (
        looked_at(args) if looks else contextlib.nullcontext(args) as args,
        replaced(function, case.given, contract) as asked,
        nothing_drawn(),
        _nobody_types(function),
        warnings.catch_warnings(record=True) as caught,
        contextlib.redirect_stdout(Tail()),
        contextlib.redirect_stderr(Tail()),
    ):
        warnings.simplefilter("default" if case.silent else "ignore")
        try:
            returned = function(*args, **kwargs)
            value = plain(without_looking(returned) if looks else returned)
        except KeyboardInterrupt:
            raise
        except BaseException:
            return None
    said = tuple(text_of(w.message, 200) for w in caught if not issubclass(w.category, _ABOUT_LATER))
    was_changed = changed([case.args, dict(case.kwargs)], list(given_args))
    return Outcome(value, warnings=said, changed=was_changed, asked=tuple(sorted(asked)))


def arguments(case: Case) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Copies of a case's inputs, as a function gets them; a Seeded one has become a Generator."""
    args, kwargs = copy.deepcopy((case.args, dict(case.kwargs)))
    return tuple(map(_generated, args)), {name: _generated(value) for name, value in kwargs.items()}


def _generated(value: Any) -> Any:
    return value.generator() if isinstance(value, Seeded) else value


def plain(value: Any) -> Any:
    """A copy of `value` made of plain data only; what is not plain data becomes Unsupported, in its place.

    All of it, where its parts together are too many: a list that contains itself a few times has no end of them.
    """
    try:
        return _Copy().of(value)
    except _TooMuch:
        return Unsupported(_("a structure that is too deep or too long"))


class _TooMuch(Exception):
    """Raised where the parts of a value are too many together."""


class _Copy:
    """Copies plain data, so many parts and bytes of it."""

    def __init__(self) -> None:
        self._parts, self._bytes = MAX_PARTS, MAX_BYTES

    def of(self, value: Any, depth: int = 0) -> Any:
        self._parts -= 1
        if self._parts < 0:
            raise _TooMuch
        kind = type(value)
        if kind in (bool, float, complex, type(None)):
            return value
        if isinstance(value, str):
            text = encodable(str.__str__(value))
            return text if len(text) <= MAX_TEXT else Unsupported(_("a very long text"))
        if kind is int:
            return value if -(2**63) <= value < 2**64 else Unsupported(_("an int beyond 64 bits"))
        if kind is np.matrix:
            kind, value = np.ndarray, np.asarray(value)
        if kind is np.ndarray or isinstance(value, np.generic):
            return self._numbers(value)
        # A class of the student's that is a container, and a tuple with named entries, is one all the same.
        if base := next((base for base in _ITEMS if issubclass(kind, base)), None):
            if depth >= MAX_DEPTH or base.__len__(value) > MAX_ITEMS:
                return Unsupported(_("a structure that is too deep or too long"))
            items = _ITEMS[base](value)
            if base is dict:
                return {key: self.of(item, depth + 1) for one, item in items if _may_be_key(key := self.of(one))}
            return base(self.of(item, depth + 1) for item in items)
        return Unsupported(f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."))

    def _numbers(self, value: Any) -> Any:
        if value.dtype == np.longdouble:
            value = value.astype(float)
        if value.dtype.str not in DTYPES:
            return Unsupported(_("an array of dtype {dtype}").format(dtype=value.dtype))
        self._bytes -= value.nbytes
        if self._bytes < 0:
            raise _TooMuch
        return value.copy()


def _may_be_key(key: Any) -> bool:
    return type(key) in (str, int) and len(str(key)) <= MAX_KEY


class Tail(io.StringIO):
    """A text stream that keeps the first part of what is written and drops the rest."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, MAX_PRINTED - self.tell())])
        return len(text)
