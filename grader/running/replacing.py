"""Replaces functions while an exercise is called: with those a case gives, or with correct ones."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any

from ..course import Given
from .lookup import innermost, similar
from .signatures import NOTHING_AGREED, Contract, Signature, as_agreed, called_as, lengths_alike, signature_of


def stand_in(
    given: Given, name: str = "", own: Callable[..., Any] | None = None, contract: Contract = NOTHING_AGREED
) -> Callable[..., Any]:
    """The function a `Given` describes, in the place of `own` of that name; each works on copies of its own.

    It is called as `own` is: a call that does not fit that raises the same TypeError.
    """
    parameters = _parameters_after_data(given.function)
    agreed = contract.signatures.get(name) or parameters

    signature = called_as(own, agreed) if agreed else None
    # Nearly all calls are such, and a training has thousands.
    as_they_are = lengths_alike(signature, agreed) if agreed else range(0)

    def called(*args: Any, **kwargs: Any) -> Any:
        if agreed and (kwargs or len(args) not in as_they_are):
            args, kwargs = as_agreed(name, signature, agreed, (args, kwargs))
        if parameters:
            # The rest is the student's own affair.
            args = args[: len(parameters.names)]
            kwargs = {key: value for key, value in kwargs.items() if key in parameters.names}
        return given.function(copy.deepcopy(given.data), *args, **kwargs)

    return called


def _parameters_after_data(function: Callable[..., Any]) -> Signature | None:
    """The parameters of a given function; None where it takes whatever comes."""
    signature = signature_of(function)
    if signature is None or any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in signature.parameters.values()):
        return None
    parameters = [*signature.parameters.values()][1:]
    defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
    return Signature(tuple(p.name for p in parameters), defaults)


@contextlib.contextmanager
def replaced(
    function: Callable[..., Any], given: Mapping[str, Given], contract: Contract = NOTHING_AGREED
) -> Iterator[set[str]]:
    """The module of `function` with the given functions in place of its own, whatever it calls them.

    Yields the names of those that were called so far.
    """
    names = getattr(innermost(function), "__globals__", {})
    missing = object()
    asked: set[str] = set()
    called = {name: of for of in given for name in (of, *similar(names, of), *_second_names(names, of))}
    own = {name: names.get(name, missing) for name in called}
    for name, of in called.items():
        mine = own[name] if callable(own[name]) else None
        names[name] = _noted(stand_in(given[of], of, mine, contract), of, asked, mine)
    try:
        yield asked
    finally:
        for name, value in own.items():
            if value is missing:
                del names[name]
            else:
                names[name] = value


def _noted(
    function: Callable[..., Any], name: str, asked: set[str], own: Callable[..., Any] | None
) -> Callable[..., Any]:
    """The function, which notes that it was called; an exception in it is explained with `own`, in whose place it is."""

    @wraps(own or function)
    def called(*args: Any, **kwargs: Any) -> Any:
        asked.add(name)
        return function(*args, **kwargs)

    vars(called)["__wrapped__"] = own
    return called


def _second_names(names: Mapping[str, Any], function: str) -> list[str]:
    """Names that stand for the same function, as after `step = update`."""
    return [name for name, value in names.items() if callable(value) and value is names.get(function)]
