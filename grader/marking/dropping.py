"""What would change for whom where an exercise or an output counts for nobody. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from ..marks import Mark
from ..words.numbers import number

# More names help nobody.
_MOST_NAMES = 12


def preview(before: Sequence[Mark], after: Sequence[Mark]) -> Iterator[str]:
    """Lines that compare the marks before and after, of the same students in the same order: the sums, and whose share changes."""
    pairs = [(one, two) for one, two in zip(before, after, strict=True) if one.is_graded and two.is_graded]
    if not pairs:
        yield "Nobody has a mark of this lesson yet."
        return
    (old, new), n = pairs[0], len(pairs)
    means = [fmean(mark.final for mark in marks) for marks in zip(*pairs, strict=True)]
    yield (
        f"{n} mark{'s' * (n != 1)}: now {means[0]:.1f} of {number(old.most)} points on average, "
        f"then {means[1]:.1f} of {number(new.most)}."
    )
    for word, sign in (("rises", 1), ("falls", -1)):
        moved = [(one, two) for one, two in pairs if (_share(two) - _share(one)) * sign > 1e-9]
        named = [
            f"{two.result.student} ({number(one.final)} to {number(two.final)})" for one, two in moved[:_MOST_NAMES]
        ]
        more = f" and {len(moved) - _MOST_NAMES} more" if len(moved) > _MOST_NAMES else ""
        yield f"The share of the points {word} for {len(moved)}{': ' + ', '.join(named) if named else ''}{more}."


def _share(mark: Mark) -> float:
    return mark.final / mark.most if mark.most else 0.0
