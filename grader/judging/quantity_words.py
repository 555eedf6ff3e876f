"""The id of the first quantity that differs -> what it says to the student.

An id names the quantity, how it was seen to differ, those before it that are right, and the line of the student's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..words import _

_MARK, _BETWEEN = "quantity", ": "


@dataclass(frozen=True)
class Told:
    """What an id says: that the quantity differs, after these that are right; `how` and `which` say how that is seen."""

    quantity: str
    how: str
    which: str
    after: tuple[str, ...]
    line: str

    @property
    def id(self) -> str:
        return _BETWEEN.join([_MARK, self.quantity, self.how, self.which, ", ".join(self.after), self.line])

    @property
    def key(self) -> str:
        return f"{self.quantity} 2" if self.which == "second" else self.quantity


def told(id: str | None) -> Told | None:
    """What the id of a quantity says; None for any other id, and for one without what differs from student to student."""
    if not (id or "").startswith(_MARK + _BETWEEN) or str(id).count(_BETWEEN) == 1:
        return None
    _mark, name, how, which, after, line = str(id).split(_BETWEEN)
    return Told(name, how, which, tuple(filter(None, after.split(", "))), line)


def without_line(id: str) -> str:
    """The id without what differs from student to student."""
    return _BETWEEN.join(id.split(_BETWEEN)[:2]) if id.startswith(_MARK + _BETWEEN) else id


def title(id: str) -> str:
    """It in a few words, for a list; '' for any other id."""
    if not id.startswith(_MARK + _BETWEEN):
        return ""
    return _("the first that differs: `{quantity}`").format(quantity=id.split(_BETWEEN)[1])


def sentence(id: str | None) -> str:
    """What it says to the student; '' for any other id."""
    said = told(id)
    if said is None:
        return title(id or "")
    right = ", ".join(f"`{one}`" for one in said.after)
    text = (_SECOND if said.which == "second" else _AFTER if right else _ALONE)[said.how]().format(
        right=right, quantity=said.quantity, line=said.line
    )
    return f"{text} {_WHICH[said.which]().format(quantity=said.quantity)}".rstrip()


_AFTER: Mapping[str, Callable[[], str]] = {
    "output": lambda: _(
        "Your function arrives at {right} as expected. So look at the step from there to `{quantity}`."
    ),
    "own": lambda: _(
        "Your function arrives at {right} as expected. The first quantity that differs is `{quantity}`, in line {line}: look at that line and at what goes into it."
    ),
    "absent": lambda: _(
        "Your function arrives at {right} as expected, but not at `{quantity}`, which comes next: look at the step between them."
    ),
}
_ALONE: Mapping[str, Callable[[], str]] = {
    "own": lambda: _(
        "The first quantity that differs is `{quantity}`, in line {line}: look at that line and at what goes into it."
    ),
}
_SECOND: Mapping[str, Callable[[], str]] = {
    "output": lambda: _(
        "The first round of the loop is as expected. In the second, `{quantity}` differs: look at what that round begins with."
    ),
    "own": lambda: _(
        "The first round of the loop is as expected. In the second, the first quantity that differs is `{quantity}`, in line "
        "{line}: look at what that round begins with."
    ),
    "absent": lambda: _(
        "The first round of the loop is as expected. In the second your function does not arrive at `{quantity}`: look at what "
        "that round begins with."
    ),
}
_WHICH: Mapping[str, Callable[[], str]] = {
    "only": lambda: "",
    "second": lambda: "",
    "round": lambda: _("(That is seen in the first round of the loop.)"),
    "entry": lambda: _("(That is seen at the first entry of `{quantity}`.)"),
}
