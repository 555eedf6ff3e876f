"""A wrong output -> its cause, from the most specific source that fits and is the only one there to do so.

First the declared misconceptions, then relations between the two arrays. Where several misconceptions fit, none is
named: a wrong explanation is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .compare import compare
from .course import Exercise, Misconception, Reference
from .relations import relation

# With one failing case alone a coincidence would be stated as a cause.
AGREEING = 2

# One case seen: its reference, the student's value, and whether that is right.
Seen = tuple[Reference, Any, bool]


def cause(exercise: Exercise, output: str, seen: Sequence[Seen]) -> str | None:
    """The id of what gives this output in every case seen: a misconception or a relation. None where nothing does."""
    if sum(not right for *_, right in seen) < AGREEING:
        return None
    fitting = [m.id for m in exercise.misconceptions if all(_fits(m, output, exercise, *one) for one in seen)]
    if fitting:
        return fitting[0] if len(fitting) == 1 else None
    return relation((reference.expected[output], actual, reference.case) for reference, actual, _right in seen)


def _fits(
    mistake: Misconception, output: str, exercise: Exercise, reference: Reference, actual: Any, right: bool
) -> bool:
    """Whether the mistake gives this value here; where it is not stored, it gives the right value."""
    returned = reference.misconceived.get(mistake.id, {})
    if right:
        return output not in returned
    return output in returned and compare(returned[output], actual, exercise.rtol) is None
