"""The last part of every replay file, pasted there as it is: call the function on each case and show what differs.

It needs numpy alone. Its names begin with _replay, so that they are not the student's.
"""

import contextlib as _replay_contextlib
import copy as _replay_copy
import sys as _replay_sys
import traceback as _replay_traceback
import warnings as _replay_warnings
from collections.abc import Callable as _ReplayCallable
from collections.abc import Iterator as _ReplayIterator
from collections.abc import Sequence as _ReplaySequence
from types import SimpleNamespace as _ReplayCase
from typing import Any as _ReplayAny

import numpy as _replay_np


def _replay(
    function: _ReplayCallable[..., _ReplayAny],
    cases: _ReplaySequence[_ReplayCallable[[], _ReplayCase]],
    returns: _ReplaySequence[str],
    rtol: float,
    observe: _ReplayCallable[..., _ReplayAny] | None = None,
) -> bool:
    """Show every case; whether all of them are as expected."""
    right = True
    for make in cases:
        case = make()
        print(f'\ncase "{case.label}" ({"visible" if case.visible else "hidden"})')
        try:
            with _replay_replaced(function, case.given), _replay_warnings.catch_warnings():
                _replay_warnings.simplefilter("error" if case.silent else "default")
                value = function(*_replay_copy.deepcopy(case.args), **_replay_copy.deepcopy(case.kwargs))
            found = observe(case, value) if observe else _replay_outputs(case, value, returns)
        except Exception:
            print(_replay_traceback.format_exc(limit=-3).rstrip())
            right = False
            continue
        for output, expected in case.expected.items():
            difference = _replay_difference(expected, found.get(output), rtol)
            print(f"  {output}: {difference or 'as expected'}")
            right = right and not difference
    return right


@_replay_contextlib.contextmanager
def _replay_replaced(function: _ReplayAny, given: dict[str, _ReplayAny]) -> _ReplayIterator[None]:
    """The functions that a case gives in the place of the student's own."""
    names = function.__globals__
    own = {name: names.get(name) for name in given}
    names.update(given)
    try:
        yield
    finally:
        names.update(own)


class _ReplayGiven:
    """A function that a case gives, with its data."""

    def __init__(self, function: _ReplayCallable[..., _ReplayAny], data: _ReplayAny) -> None:
        self.function, self.data = function, data

    def __call__(self, *args: _ReplayAny, **kwargs: _ReplayAny) -> _ReplayAny:
        return self.function(_replay_copy.deepcopy(self.data), *args, **kwargs)


def _replay_outputs(case: _ReplayCase, value: _ReplayAny, returns: _ReplaySequence[str]) -> dict[str, _ReplayAny]:
    """The outputs by name: 'cost' is a returned value, 'grads["dw"]' an entry of one."""
    parts = value if isinstance(value, tuple) or (isinstance(value, list) and len(returns) > 1) else (value,)
    named = dict(zip(returns, parts, strict=False))
    found = {}
    for output, path in case.judged.items():
        name, _, key = path.partition('["')
        part = named.get(name)
        found[output] = part.get(key[:-2]) if key and isinstance(part, dict) else part
    return found


def _replay_difference(expected: _ReplayAny, yours: _ReplayAny, rtol: float) -> str:
    """How two values differ; '' where they do not. Numbers may differ by rounding."""
    if isinstance(expected, dict) and isinstance(yours, dict):
        entries = ((f"[{key!r}]", value, yours.get(key)) for key, value in expected.items())
    elif isinstance(expected, (list, tuple)) and isinstance(yours, (list, tuple)) and len(expected) == len(yours):
        entries = ((f"[{n}]", *pair) for n, pair in enumerate(zip(expected, yours, strict=True)))
    else:
        return _replay_numbers(expected, yours, rtol)
    return "; ".join(
        where + ": " + said for where, one, other in entries if (said := _replay_difference(one, other, rtol))
    )


def _replay_numbers(expected: _ReplayAny, yours: _ReplayAny, rtol: float) -> str:
    both = f"\n    yours:    {_replay_shown(yours)}\n    expected: {_replay_shown(expected)}"
    if expected is None or yours is None or isinstance(expected, str) or isinstance(yours, (str, dict)):
        return "" if type(expected) is type(yours) and expected == yours else "not the same" + both
    right, other = _replay_np.asarray(expected), _replay_np.asarray(yours)
    if right.shape != other.shape and not right.size == other.size == 1:
        return f"the shape is {other.shape}, expected {right.shape}" + both
    if other.dtype.kind not in "biuf":
        return f"the numbers are of dtype {other.dtype}, expected real ones" + both
    right, other = right.astype(float), other.astype(float).reshape(right.shape)
    with _replay_np.errstate(over="ignore", invalid="ignore"):
        floor = 1e-9 * (_replay_np.abs(right).max(initial=0.0) or 1e-3)
        wrong = ~(_replay_np.abs(other - right) <= _replay_np.maximum(rtol * _replay_np.abs(right), floor))
    if not wrong.any():
        return ""
    where = tuple(map(int, _replay_np.argwhere(wrong)[0]))
    first = f"first at {list(where)}: {float(other[where])!r}, expected {float(right[where])!r}" if where else ""
    return f"{int(wrong.sum())} of {right.size} numbers differ{'; ' * bool(first)}{first}" + both


def _replay_shown(value: _ReplayAny) -> str:
    with _replay_np.printoptions(threshold=40, edgeitems=2, linewidth=110):
        return str(value).replace("\n", "\n              ")


def _replay_main(name: str, *arguments: _ReplayAny) -> None:
    """Exit with 1 where something differs."""
    print(name)
    _replay_sys.exit(0 if _replay(*arguments) else 1)
