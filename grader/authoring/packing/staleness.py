"""Whether a pack is still what its sources give, and which of its cases are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ...course import Exercise, Lesson, Reference
from ...course.packs import PackError
from ...course.packs.reader import Pack
from ...grading import solutions, stamps
from ...judging.points import Played
from ...judging.reasons import explained
from ...running.calling import call
from .writer import Declared, inputs_digest


def stale(made: Declared, path: Path) -> Iterator[str]:
    """Why a pack is not what its sources give; nothing where it is. Raises PackingError.

    What is text is compared to the byte. Of the cases first the stamps; then the stored inputs to the bit, and what the
    solutions return for them within tolerance. They are never drawn again to compare: exp and matrix products differ in
    the last bit between machines.
    """
    if not path.exists():
        yield "is missing"
        return
    try:
        pack = Pack(path)
        yield from _stale_cases(made.lesson, pack)
        if made.watched and pack.quantities.get("stamp") != made.watched.stamp:
            yield f"holds other quantities than the solutions of {made.lesson.name} compute"
        for member, text in made.texts().items():
            if pack.member(member) != text:
                yield f"holds another {member} than the sources of {made.lesson.name} give"
    except PackError as error:
        yield f"cannot be read: {error}"


def _stale_cases(lesson: Lesson, pack: Pack) -> Iterator[str]:
    stored = {exercise.name: pack.references(exercise.name) for exercise in pack.lesson.exercises}
    written = pack.stamps
    for what, made_of in stamps.stamps(lesson).items():
        if written.get(what) != made_of:
            yield f"was written before the {what} of {lesson.name} changed"
    if inputs_digest(stored) != written.get("inputs"):
        yield "has other inputs than those it was written with"
    for exercise in lesson.exercises:
        if exercise.name in stored:
            yield from (f"is wrong for {why}" for why in _wrong_values(lesson, exercise, stored[exercise.name]))


def with_stored_cases(made: Declared, path: Path) -> bytes:
    """The pack with the cases that are stored, where these are what the sources give; none where they are not. Raises PackingError."""
    try:
        pack = Pack(path)
        fresh = not any(_stale_cases(made.lesson, pack))
        names = [exercise.name for exercise in pack.lesson.exercises]
        same = names == [exercise.name for exercise in made.lesson.exercises]
        return made.with_cases_of(pack) if fresh and same else b""
    except PackError:
        return b""


def _wrong_values(lesson: Lesson, exercise: Exercise, stored: tuple[Reference, ...]) -> Iterator[str]:
    function: Callable[..., Any] = getattr(solutions.module_of(lesson), exercise.name)
    result = explained(exercise, [Played(r, call(function, r.case)) for r in stored])
    for case in result.cases:
        for finding in case.findings:
            yield f'{exercise.name}, case "{case.name}", {finding.output or "the call"}: {finding.message}'
