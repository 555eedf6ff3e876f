"""What each kind of finding is called, and what helps where no cause is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from ..course import FindingKind
from ..words import _

# Kinds that say all there is to say once, whatever the number of cases.
ONCE = ("missing", "not_implemented", "arguments", "unavailable")

_HEADLINES: Mapping[FindingKind, Callable[[], str]] = {
    "missing": lambda: _("not defined"),
    "not_implemented": lambda: _("not filled in yet"),
    "arguments": lambda: _("it cannot be called with the arguments of the exercise"),
    "unavailable": lambda: _("it uses a module that is not there while grading"),
    "raised": lambda: _("an error stopped the call"),
    "timeout": lambda: _("the call did not end in time"),
    "memory": lambda: _("the call asked for too much memory"),
    "killed": lambda: _("the call ended the whole process"),
    "grader_fault": lambda: _("the grader itself failed; this is not your mistake"),
    "kind": lambda: _("something else is returned"),
    "unsupported": lambda: _("this type of value cannot be checked"),
    "shape": lambda: _("the shape differs"),
    "dtype": lambda: _("the numbers are of another type"),
    "not_finite": lambda: _("there are values that are not finite"),
    "values": lambda: _("values differ"),
    "undrawn": lambda: _("it is not drawn from the generator that is passed"),
    "warned": lambda: _("the values are right, but numpy warns"),
    "slow": lambda: _("the values are right, but the call takes too long"),
}


_HAS_CHECK: ContextVar[bool] = ContextVar("whether the notebook has a check", default=True)


@contextmanager
def of_notebook(has_check: bool) -> Iterator[None]:
    """Inside the block, messages are about a notebook that has the course's `check`, or that has none, as one from elsewhere."""
    before = _HAS_CHECK.set(has_check)
    try:
        yield
    finally:
        _HAS_CHECK.reset(before)


def _try_it() -> str:
    if not _HAS_CHECK.get():
        return ""
    return _('To try it yourself: `inputs = check.inputs("{name}", "{case}")`, then `{name}(*inputs)`.')


_HELPS: Mapping[FindingKind, Callable[[], str]] = {
    "missing": lambda: _("Run the cell that defines `{name}`. If the cell shows an error, that comes first."),
    "not_implemented": lambda: _(
        "Write your code between START CODE HERE and END CODE HERE, run that cell, then run this one again."
    ),
    "arguments": lambda: _("Define it with `def {name}(...)` and the parameters that are asked for, in their order."),
    "unavailable": lambda: _("The lessons need numpy only."),
    "raised": _try_it,
    "timeout": lambda: _("Look for a loop that never ends, or one that numpy can do in one step."),
    "memory": lambda: _(
        "Look at the shapes: a (m, 1) array and a (1, m) array make a whole (m, m) table when they are added."
    ),
    "killed": lambda: _("Look for exit() or quit()."),
    "grader_fault": lambda: "",
    "kind": lambda: _("The text under the first line of `{name}` says what to return, and in which order."),
    "unsupported": lambda: _("Return plain numpy arrays and numbers."),
    "shape": lambda: (
        _("Print the shape of each part and compare it with the shapes in the text of the function.") + " " + _try_it()
    ),
    "dtype": _try_it,
    "not_finite": _try_it,
    "values": _try_it,
    "slow": lambda: _(
        "Look for something that is computed again and again, or for a loop that numpy can do in one step: each round of a Python loop takes microseconds."
    ),
    "undrawn": lambda: _(
        "Call methods of the generator among the arguments of `{name}`. `np.random.rand` and the like, and a generator "
        "made inside the function, draw other numbers than the caller has chosen by a seed."
    ),
    "warned": lambda: _("Find the operation that overflows, and the form of it that cannot.") + " " + _try_it(),
}


def headline(kind: FindingKind) -> str:
    """What a kind of finding is called."""
    return _HEADLINES[kind]()


def help_with(kind: FindingKind, exercise: str, case: str) -> str:
    """What to do about a finding of a kind; '' where it is nothing of the student's."""
    return _HELPS[kind]().format(name=exercise, case=case).strip()
