"""A wrong output -> the misconception that returns it, named only when it fits and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .compare import compare
from .course import Exercise, Misconception, Reference

# With one failing case alone a coincidence would be stated as a cause.
AGREEING = 2


def cause(exercise: Exercise, output: str, seen: Sequence[tuple[Reference, Any, bool]]) -> Misconception | None:
    """The only declared mistake that gives this output in every case seen: (reference, the student's value, right?)."""
    if sum(not right for *_, right in seen) < AGREEING:
        return None
    fitting = [m for m in exercise.misconceptions if all(_fits(m, output, exercise, *one) for one in seen)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(
    mistake: Misconception, output: str, exercise: Exercise, reference: Reference, actual: Any, right: bool
) -> bool:
    """Whether the mistake gives this value here; where it is not stored, it gives the right value."""
    returned = reference.misconceived.get(mistake.id, {})
    if right:
        return output not in returned
    return output in returned and compare(returned[output], actual, exercise.rtol) is None
