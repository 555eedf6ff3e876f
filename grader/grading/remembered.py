"""Results of exercises, remembered by what their calls returned: a class gives the same answers again and again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cache

from ..course import Exercise, ExerciseResult
from ..judging.points import Played
from ..judging.reasons import by_values

# So many results are held, of a few kilobytes each; the oldest one makes room.
MOST = 2000


class Remembered:
    """What exercises came to, by the digests of their outcomes: the same answers to the same cases are judged once."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._results: dict[Hashable, ExerciseResult] = {}

    def __len__(self) -> int:
        return len(self._results)

    def result(self, exercise: Exercise, played: Sequence[Played]) -> ExerciseResult:
        """The result of an exercise, its findings with the reasons that follow from the values."""
        key = _key(exercise, played)
        if key is None:
            return by_values(exercise, played)
        if key not in self._results:
            if len(self._results) >= self._most:
                del self._results[next(iter(self._results))]
            self._results[key] = by_values(exercise, played)
        return self._results[key]


def _key(exercise: Exercise, played: Sequence[Played]) -> Hashable:
    """By what outcomes are known again; None where that is not known of all of them, or the time of one counts."""
    if any(one.reference.case.pace or not one.outcome.digest for one in played):
        return None
    return exercise, *((one.reference, one.visible, one.outcome.digest) for one in played)


@cache
def remembered() -> Remembered:
    """The results that this process remembers."""
    return Remembered()
