"""What the pack of a lesson is made of, gathered from its sources; and whether the pack that is there is still made of that."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...course import Exercise, Lesson, Reference, current
from ...course.packs import PackError
from ...course.packs.reader import Pack
from ...grading import solutions, stamps
from ...judging.points import Played
from ...judging.reasons import explained
from ...running.calling import call
from .. import catalogues, prose
from ..board import board_of, themes_of
from .quantities import quantities, stamp
from .slicing import PackingError
from .writer import About, Declared, Watched, inputs_digest

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Declared", "PackingError", "declared", "stale", "with_stored_cases"]

_HINT = re.compile(r"<details><summary>Hint[^<]*</summary>(.*?)</details>", re.DOTALL)


def declared(lesson: Lesson, notebook: NotebookNode) -> Declared:
    """A lesson with everything that its pack says; `notebook` is its solved notebook, in which the hints stand."""
    shown = hints(notebook)
    told = [hint for each in shown.values() for hint in each]
    about = About(
        needs={exercise.name: solutions.needs(lesson, exercise) for exercise in lesson.exercises},
        signatures={exercise.name: solutions.signature_text(lesson, exercise) for exercise in lesson.exercises},
        hints=shown,
        translations={language: translations(lesson, language, told) for language in current().languages},
        board=dict(sorted(board_of(lesson).items())),
        themes=dict(sorted(themes_of(lesson).items())),
    )
    watched = Watched(stamp(lesson), lambda name, of: quantities(lesson, lesson.exercise(name), of))
    return Declared(lesson, _declaring(lesson), about, watched)


def _declaring(lesson: Lesson) -> Any:
    draw = lesson.exercises[0].draw
    assert draw is not None  # a lesson as it is declared
    return sys.modules[draw.__module__]


def hints(notebook: NotebookNode) -> dict[str, tuple[str, ...]]:
    """{exercise: the hints that stand above it, as markdown}."""
    found, above = {}, ""
    for cell in notebook.cells:
        marker = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown":
            above += cell.source + "\n"
        elif marker.get("solution"):
            found[marker["grade_id"]] = tuple(hint.strip() for hint in _HINT.findall(above))
            above = ""
    return found


def translations(lesson: Lesson, language: str, hints: Iterable[str]) -> dict[str, str]:
    """{sentence or hint: what it is in a language}, of what a check or a report says and of what has a translation."""
    said = catalogues.said(lesson, language)
    found = {id: said[id] for id in map(str, catalogues.ordered(catalogues.declared(lesson))) if id in said}
    in_words = {hint: prose.said_in(hint, lambda sentence: said.get(sentence, sentence)) for hint in hints}
    return found | {hint: other for hint, other in in_words.items() if other != hint}


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
