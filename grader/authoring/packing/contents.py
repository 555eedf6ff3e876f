"""What the pack of a lesson is made of, gathered from its sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...course import Lesson, current
from ...grading import solutions
from .. import catalogues, prose
from ..board import board_of, themes_of
from .quantities import quantities, stamp
from .writer import About, Declared, QuantitySource

if TYPE_CHECKING:
    from nbformat import NotebookNode

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
    watched = QuantitySource(stamp(lesson), lambda name, of: quantities(lesson, lesson.exercise(name), of))
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
    said = catalogues.translations_in(lesson, language)
    found = {id: said[id] for id in map(str, catalogues.ordered(catalogues.declared_sentences(lesson))) if id in said}
    in_words = {hint: prose.translated_markdown(hint, lambda sentence: said.get(sentence, sentence)) for hint in hints}
    return found | {hint: other for hint, other in in_words.items() if other != hint}
