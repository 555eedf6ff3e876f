"""The id of a mutant -> what it says to the student.

An id names the quantity and the change, as in "mutant: dw: without divisor: m". It holds no code: it is stored in
packs and results, and mutants that are told alike share it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from itertools import count

from ..words import _

_MARK, _BETWEEN = "mutant", ": "


def mutant_key(place: str, kind: str, about: str = "") -> str:
    """The id of a change: where it is, what it is, and what it is about."""
    return _BETWEEN.join([_MARK, place, kind] + [about] * bool(about))


def is_mutant(id: str | None) -> bool:
    return (id or "").startswith(_MARK + _BETWEEN)


def numbered(id: str, taken: Container[str]) -> str:
    """The id, with a number behind it if it is taken: mutants that are told alike are kept apart."""
    return next(key for number in count(1) if (key := f"{id} #{number}" if number > 1 else id) not in taken)


def unnumbered(key: str) -> str:
    return key.partition(" #")[0]


def shared(ids: Collection[str]) -> str | None:
    """The id of the quantity that mutants all change; None where they have none in common."""
    places = {_BETWEEN.join(id.split(_BETWEEN)[:2]) for id in ids if is_mutant(id)}
    place = places.pop() if len(places) == 1 else ""
    return None if place.endswith(")") else place or None


# What a mutant has in the place of something else, which the student's text must hold too where it is to be true of that.
_EXCHANGED = ("another number", "another comparison", "another function", "another name", "True and False")


def is_exchange(id: str | None) -> bool:
    """Whether a mutant has one number, name, comparison or function in the place of another."""
    return is_mutant(id) and _parts(id or "")[1] in _EXCHANGED


def exchanged(id: str) -> tuple[str, str]:
    """The quantity that a mutant changes, and the kind of its change."""
    return _parts(id)[:2]


def title(id: str) -> str:
    """A mutant in a few words, for a list: '`dw` without the division by `m`'; '' for any other id."""
    if not is_mutant(id):
        return ""
    place, change = _parts(id)[0], _change(id)
    return change if place.startswith("(") else f"`{place}` {change}"


def _parts(id: str) -> tuple[str, str, str]:
    """(place, kind, about), each '' where there is none."""
    _mark, place, kind, about, *_rest = [*id.split(_BETWEEN, 3), "", ""]
    return place, kind, about


def _change(id: str) -> str:
    """What was changed, in words."""
    _place, kind, about = _parts(id)
    change = (_CHANGES_ABOUT if about else _CHANGES).get(kind) or _CHANGES["half an operation"]
    return change().format(about=about)


def sentence(id: str | None) -> str:
    """What a mutant says to the student; '' for any other id."""
    if id is None or not is_mutant(id):
        return ""
    place, kind, _about = _parts(id)
    if kind == "step left out":
        text = _STEPS.get(place, _without_its_step)()
    elif not kind:
        text = _(
            "Your result is what comes out when something in the step that computes `{quantity}` is changed; several "
            "changes give the same. Look at that step."
        )
    else:
        text = _PLACES.get(place, _in_a_step)()
    return text.format(quantity=place, change=_change(id))


def _without_its_step() -> str:
    return _("Your result is what comes out without the step that computes `{quantity}`. Look at that step.")


_STEPS = {"(step)": lambda: _("Your result is what comes out without one of the steps.")}


def _in_a_step() -> str:
    return _("Your result is what comes out when `{quantity}` is computed {change}. Look at that step.")


_PLACES: dict[str, Callable[[], str]] = {
    "(loop)": lambda: _("Your result is what comes out {change} in the first line of a loop. Look at how it runs."),
    "(condition)": lambda: _("Your result is what comes out {change} in a condition. Look at what your `if` asks."),
    "(defaults)": lambda: _(
        "Your result is what comes out {change} among the default values in the first line of the function."
    ),
    "(step)": lambda: _("Your result is what comes out {change} in one of the steps."),
}

_CHANGES: dict[str, Callable[[], str]] = {
    "minus for plus": lambda: _("with a minus where a plus belongs"),
    "plus for minus": lambda: _("with a plus where a minus belongs"),
    "division for product": lambda: _("with a division where a product belongs"),
    "product for division": lambda: _("with a product where a division belongs"),
    "entry by entry": lambda: _("with products entry by entry (`*`) where a matrix product belongs"),
    "matrix product": lambda: _("with a matrix product (`@`) where products entry by entry belong"),
    "product for power": lambda: _("with a product where a power belongs"),
    "fractions kept": lambda: _("with a division that keeps its fractions where a whole number is needed"),
    "without term": lambda: _("without one term"),
    "half a difference": lambda: _("with one part of a difference left out"),
    "without factor": lambda: _("without one factor"),
    "without divisor": lambda: _("without a division"),
    "divided twice": lambda: _("with one division done twice"),
    "half a matrix product": lambda: _("with one part of a matrix product left out"),
    "without power": lambda: _("without a power (such as a square)"),
    "another axis": lambda: _("with the size of another axis"),
    "another direction": lambda: _("along another axis"),
    "another value": lambda: _("with another value of one argument"),
    "half an operation": lambda: _("with one part of a formula left out"),
    "step left out": lambda: _("without its step"),
    "": lambda: _("with something changed"),
    "difference turned": lambda: _("with a difference taken the other way round"),
    "quotient turned": lambda: _("with a division taken the other way round"),
    "matrix product turned": lambda: _("with the two parts of a matrix product exchanged"),
    "without transpose": lambda: _("without a transpose"),
    "True and False": lambda: _("with True and False exchanged"),
    "another number": lambda: _("with one number changed"),
    "another comparison": lambda: _("with another comparison"),
    "another function": lambda: _("with another function of numpy"),
    "without call": lambda: _("without one of the functions"),
    "arguments exchanged": lambda: _("with two arguments exchanged"),
    "without argument": lambda: _("with one argument left at its default"),
    "sign turned": lambda: _("with one sign turned"),
    "other brackets": lambda: _("with brackets in another place"),
    "bracket closed early": lambda: _("with a bracket that closes too early"),
    "functions exchanged": lambda: _("with two functions in the other order"),
    "one round less": lambda: _("with one round fewer in a loop"),
    "not added up": lambda: _("with a new value in the place of a growing sum (`=` for `+=`)"),
    "another name": lambda: _("with another quantity in one place"),
}

# The same, where what it is about has a name that the student knows.
_CHANGES_ABOUT: dict[str, Callable[[], str]] = {
    "without term": lambda: _("without the term `{about}`"),
    "half a difference": lambda: _("with `{about}` left out of a difference"),
    "without factor": lambda: _("without the factor `{about}`"),
    "without divisor": lambda: _("without the division by `{about}`"),
    "divided twice": lambda: _("with two divisions by `{about}`"),
    "half a matrix product": lambda: _("with `{about}` left out of a matrix product"),
    "without power": lambda: _("without the power `{about}`"),
    "another axis": lambda: _("with the size of another axis of `{about}`"),
    "another value": lambda: _("with another value of `{about}`"),
    "half an operation": lambda: _("with `{about}` left out of one formula"),
    "without transpose": lambda: _("with `{about}` not transposed"),
    "another function": lambda: _("with `{about}` where another function belongs"),
    "without call": lambda: _("without `{about}`"),
    "arguments exchanged": lambda: _("with two arguments of `{about}` exchanged"),
    # Said to somebody who left it out, and to somebody who wrote its default, as `start=0`.
    "without argument": lambda: _("with the argument `{about}` left at its default"),
    "bracket closed early": lambda: _("with the bracket of `{about}` closed too early"),
    "functions exchanged": lambda: _("with `{about}` and the function inside it in the other order"),
    "another name": lambda: _("with `{about}` where another quantity belongs"),
}
