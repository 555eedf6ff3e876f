"""The visible cases of a lesson, what its exercises need, and how they are called: out of its pack. All raise PackError."""

from __future__ import annotations

from functools import cache

from ..course import Exercise, Lesson, Reference, Seeded, current
from ..course.packs.reader import Pack
from ..running.signatures import Contract, examples, parsed


def read_references(lesson: Lesson, exercise: Exercise) -> tuple[Reference, ...]:
    """The visible cases of one exercise."""
    return current().pack(lesson.name).references(exercise.name)


def read_needs(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The other exercises that this one's solution calls."""
    return tuple(current().pack(lesson.name).about(exercise.name, "needs"))


def read_contract(lesson: Lesson) -> Contract:
    """What the exercises of a lesson are called with, in their visible cases too."""
    return _contract(current().pack(lesson.name))


@cache
def _contract(pack: Pack) -> Contract:
    signatures = {one.name: parsed(pack.about(one.name, "signature")) for one in pack.lesson.exercises}
    named = {name: signature for name, signature in signatures.items() if signature.names}
    first = [(one, pack.references(name)[0].case) for name, one in named.items()]
    calls = [{**dict(zip(one.names, case.args, strict=False)), **case.kwargs} for one, case in first]
    plain = ({name: value for name, value in call.items() if not isinstance(value, Seeded)} for call in calls)
    return Contract(named, examples(named.values(), plain))
