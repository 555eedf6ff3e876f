"""Maps arguments between an exercise's signature and the student's."""

from __future__ import annotations

import ast
import dis
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..course.plain import leaves
from ..words import Sentence, _

Arguments = tuple[tuple[Any, ...], dict[str, Any]]


@dataclass(frozen=True)
class Signature:
    """The parameters of an exercise in order; `defaults` are those of the optional ones."""

    names: tuple[str, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Contract:
    """The signatures of a lesson's exercises, and a value for each name that stands in one of them.

    A function that asks for more than its exercise gives, as `distance(x, y, weights)` may for `distance(x, y)`, gets such a value.
    """

    signatures: Mapping[str, Signature] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)


NOTHING_AGREED = Contract()


# An example is a parameter set or a setting, not a data set.
LARGEST = 16_384


def parsed(text: str) -> Signature:
    """The signature that stands in 'w, b, X, Y, learning_rate=0.5'."""
    arguments = ast.parse(f"def f({text}): ...").body[0].args  # type: ignore[attr-defined]
    optional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    defaults = {one.arg: ast.literal_eval(value) for one, value in zip(optional, arguments.defaults, strict=True)}
    defaults |= {
        o.arg: ast.literal_eval(v) for o, v in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if v
    }
    return Signature(tuple(one.arg for one in [*arguments.args, *arguments.kwonlyargs]), defaults)


def examples(signatures: Iterable[Signature], calls: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A value for each parameter: its default in the first signature that has one, else what the first call passes."""
    found: dict[str, Any] = {}
    for values in (*(signature.defaults for signature in signatures), *calls):
        found = {**{name: value for name, value in values.items() if _bytes(value) <= LARGEST}, **found}
    return found


def _bytes(value: Any) -> int:
    """About how much memory plain data takes."""
    return sum(int(getattr(leaf, "nbytes", 8)) for leaf in leaves(value))


class Misfit(Exception):
    """A function cannot be called with the arguments of its exercise; the message says why."""

    def __init__(self, message: Sentence) -> None:
        super().__init__(message)
        self.message = message


def signature_of(function: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def fitted(
    function: Callable[..., Any], own: inspect.Signature | None, exercise: str, asked: Arguments, contract: Contract
) -> Arguments:
    """The arguments of an exercise's call as the student's function, with its `own` signature, takes them. Raises Misfit.

    They go by position. By name they go from the first parameter on that takes no other, or that is required and that
    the exercise does not have, or has as an optional one; such a one gets the exercise's default, or the contract's value.
    """
    if own is None:
        return asked
    args, kwargs = asked
    agreed = contract.signatures.get(exercise, Signature(()))
    kept = min(_inserted(own, agreed), len(args))
    named = dict(zip(agreed.names[kept:], args[kept:], strict=False))
    args, kwargs = args[:kept], {**named, **kwargs}
    kwargs |= _supplied(function, own, len(args), kwargs, agreed, contract.examples)
    try:
        own.bind(*args, **kwargs)
    except TypeError as error:
        listed, asked_for = ", ".join(own.parameters), ", ".join(agreed.names)
        said = _("it is defined with the parameters ({listed}), asked for is ({asked}), and a call fails: {error}")
        raise Misfit(said.format(listed=listed, asked=asked_for, error=error)) from None
    return args, kwargs


def _inserted(own: inspect.Signature, agreed: Signature) -> int:
    """The place of the first parameter that goes by name only, or is required and not the exercise's; else beyond all."""
    places = zip(own.parameters.values(), agreed.names, strict=False)
    for place, (parameter, name) in enumerate(places):
        if parameter.kind is parameter.KEYWORD_ONLY:
            return place
        extra = parameter.name not in agreed.names or parameter.name in agreed.defaults
        if extra and parameter.name != name and name in own.parameters and parameter.default is parameter.empty:
            return place
    return sys.maxsize


def _supplied(
    function: Callable[..., Any],
    own: inspect.Signature,
    passed: int,
    kwargs: Mapping[str, Any],
    agreed: Signature,
    examples: Mapping[str, Any],
) -> dict[str, Any]:
    """Values for the required parameters that a call of the exercise leaves open."""
    left = [
        p.name
        for p in [*own.parameters.values()][passed:]
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.default is p.empty and p.name not in kwargs
    ]
    required = [name for name in agreed.names if name not in agreed.defaults]
    known = {**examples, **agreed.defaults}
    values = {name: known[name] for name in left if name in known and name not in required}
    unknown = [name for name in left if name not in values and name not in required]
    return values | (dict.fromkeys(unknown) if unknown and not _reads(function, unknown) else {})


def _reads(function: Callable[..., Any], names: Sequence[str]) -> bool:
    """Whether a function reads one of its parameters, as far as can be seen."""
    code = getattr(function, "__code__", None)
    if code is None:
        return True
    read = {step.argval for step in dis.get_instructions(code) if step.opname.startswith("LOAD")}
    # Two names in one instruction (LOAD_FAST_LOAD_FAST) come as a tuple.
    read |= {name for several in read if isinstance(several, tuple) for name in several}
    return bool(read & {*names, *(code.co_cellvars if set(names) & set(code.co_cellvars) else ())})


def another_order(own: inspect.Signature | None, exercise: str, passed: int, contract: Contract) -> Sentence:
    """A message if a function with that signature has its exercise's parameters in another order; else ''."""
    agreed = contract.signatures.get(exercise)
    if own is None or agreed is None:
        return Sentence()
    yours = [name for name in own.parameters if name in agreed.names]
    asked = [name for name in agreed.names if name in own.parameters]
    if yours[:passed] == asked[:passed] or set(yours) != set(agreed.names):
        return Sentence()
    said = _("its parameters come in the order ({yours}); asked for is ({asked}), and calls pass them in that order")
    return said.format(yours=", ".join(yours), asked=", ".join(asked))


def called_as(own: Any, agreed: Signature) -> inspect.Signature | None:
    """The signature by which a student calls a function: that of their own, else that of the exercise."""
    return signature_of(own) if own is not None else _inspectable(agreed)


def as_agreed(name: str, signature: inspect.Signature | None, agreed: Signature, asked: Arguments) -> Arguments:
    """The arguments of a student's call of their function of that signature, as the exercise's function takes them.

    What theirs has besides is left away. Raises TypeError, as the call of their own function would.
    """
    args, kwargs = asked
    if signature is None:
        return asked
    try:
        bound = signature.bind(*args, **kwargs).arguments
    except TypeError as error:
        raise TypeError(f"{name}() {_as_python_says(str(error))}") from None
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in signature.parameters.values()):
        return asked
    kept = _inserted(signature, agreed)
    placed: dict[str, Any] = {}
    for place, parameter in enumerate(signature.parameters.values()):
        by_position = parameter.kind is not parameter.KEYWORD_ONLY and place < kept and place < len(agreed.names)
        target = agreed.names[place] if by_position else parameter.name
        if parameter.name in bound and target in agreed.names:
            placed[target] = bound[parameter.name]
    return _in_order(agreed.names, placed)


def lengths_alike(signature: inspect.Signature | None, agreed: Signature) -> range:
    """How many arguments by position `as_agreed` leaves as they are: none, where the parameters are others than agreed."""
    parameters = signature.parameters.values() if signature else ()
    if tuple(p.name for p in parameters) != agreed.names or any(
        p.kind is not p.POSITIONAL_OR_KEYWORD for p in parameters
    ):
        return range(0)
    return range(sum(p.default is p.empty for p in parameters), len(agreed.names) + 1)


def _as_python_says(misfit: str) -> str:
    return misfit if misfit.startswith(("missing", "got")) else f"got {misfit}"


def _inspectable(agreed: Signature) -> inspect.Signature:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    defaults = {name: agreed.defaults.get(name, inspect.Parameter.empty) for name in agreed.names}
    return inspect.Signature([inspect.Parameter(name, kind, default=value) for name, value in defaults.items()])


def _in_order(names: Sequence[str], placed: Mapping[str, Any]) -> Arguments:
    """By position up to the first one that is not given, by name from there on."""
    first = next((place for place, name in enumerate(names) if name not in placed), len(names))
    args = tuple(placed[name] for name in names[:first])
    return args, {name: value for name, value in placed.items() if name not in names[:first]}
