"""Detects a function that mutates an argument its caller still needs, by calling it with copies."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from ..course import CaseResult, ExerciseResult, Finding
from ..words import _, joined


def on_copies(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the function returns; it gets copies of its arguments."""
    return function(*copy.deepcopy(args), **copy.deepcopy(kwargs))


def changed(before: Any, after: Any) -> bool:
    """Whether plain data, or an array in it, is another one than before; what is no plain data is not looked at."""
    if type(before) is not type(after):
        return True
    if type(before) is np.ndarray:
        same = before.shape == after.shape and before.dtype == after.dtype
        return not same or bool(before.tobytes() != after.tobytes())
    if type(before) is dict:
        keys_are_plain = all(type(key) in (str, int) for key in after)
        return not keys_are_plain or list(before) != list(after) or any(changed(before[k], after[k]) for k in before)
    if type(before) in (list, tuple):
        return len(before) != len(after) or any(map(changed, before, after))
    return False


def with_cause(
    alone: ExerciseResult, suspects: Iterable[str], on_copies_of: Callable[[str], ExerciseResult]
) -> ExerciseResult:
    """The result; where it is better when one of the suspects gets copies of its arguments, its findings name that one."""
    for name in suspects:
        helped = on_copies_of(name)
        if helped.points > alone.points:
            better = {o for o, (points, _most) in helped.outputs.items() if points > alone.outputs[o][0]}
            return replace(alone, cases=tuple(_named(case, better, alone.name, name) for case in alone.cases))
    return alone


def _named(case: CaseResult, outputs: set[str], caller: str, changing: str) -> CaseResult:
    said = _(
        "`{changing}` changes an array that it is given, and `{caller}` needs it again; if `{changing}` gets a copy, this is right"
    )
    text = said.format(changing=changing, caller=caller)

    def with_text(finding: Finding) -> Finding:
        concerned = finding.output is None or finding.output in outputs
        return replace(finding, message=joined((finding.message, text), ". ")) if concerned else finding

    return replace(case, findings=tuple(map(with_text, case.findings)))
