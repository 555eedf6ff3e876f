"""`source_solutions/*/lesson.py` -> `notebooks/*.ipynb` and `packs/*.pack`; and what of them is stale."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..course import Exercise, Lesson, Reference, current, files
from ..grading import known_mistakes, sampling, solutions, stamps
from . import catalogues, packing, translation
from .board import BoardError, board_of, themes_of
from .errors import BuildError

if TYPE_CHECKING:
    from nbformat import NotebookNode


# A notebook with less of it translated is not offered in that language.
_MOST = 0.5


def source_of(lesson: Lesson) -> Path:
    return current().sources / lesson.name / "lesson.py"


def notebook_of(lesson: Lesson, folder: Path | None = None, language: str = "") -> Path:
    """Where the student's notebook of a lesson is, in a language: in `folder`, else in the course."""
    return (folder or current().folder / "notebooks") / language / lesson.folder / f"{lesson.name}.ipynb"


def notebooks(lesson: Lesson, source: NotebookNode, folder: Path | None = None) -> dict[Path, bytes]:
    """{path: the student's notebook there}: in English, and in each language into which most of it is translated."""
    from . import conversion

    return {
        notebook_of(lesson, folder, language): conversion.notebook_text(conversion.release(copy.deepcopy(one))).encode()
        for language, one in in_languages(lesson, source).items()
    }


def in_languages(lesson: Lesson, source: NotebookNode) -> dict[str, NotebookNode]:
    """The solved notebook in English, under '', and in each language into which most of it is translated."""
    made, asked = {"": source}, set(translation.sentences(source))
    for language in current().languages:
        said = catalogues.translations_in(lesson, language)
        if len(asked & said.keys()) > _MOST * len(asked):
            made[language] = translation.translated(source, language, partial(_said, said), partial(_says_in, language))
    return made


def _said(said: Mapping[str, str], sentence: str) -> str:
    return said.get(sentence, sentence)


def _says_in(language: str, name: str) -> Callable[[str], str]:
    """What translates another lesson's sentences; they stay English if its source is not here, as in a course of a few lessons."""
    there = (current().sources / name / "cases.py").is_file()
    return partial(_said, catalogues.translations_in(current().declared(name), language) if there else {})


def untranslated(lesson: Lesson) -> Iterator[str]:
    """A line for each language in which some of the lesson's notebook is still shown in English. Raises BuildError."""
    asked = set(catalogues.notebook_sentences(lesson))
    for language in current().languages:
        if left := asked - catalogues.translations_in(lesson, language).keys():
            yield f"{lesson.name}: {len(left)} of {len(asked)} sentences of its notebook have no translation into {language}"


def drawn(lesson: Lesson) -> dict[str, tuple[Reference, ...]]:
    """The visible cases of every exercise, with the values the solutions give now. Raises BuildError."""
    found = {}
    for exercise in lesson.exercises:
        try:
            cases = sampling.draw(lesson, exercise)
            _check_outputs(lesson, exercise, cases)
            known_mistakes.check_misconceptions(lesson, exercise, cases)
            found[exercise.name] = known_mistakes.with_telling_pairs(lesson, exercise, cases)
        except solutions.SolutionError as error:
            raise BuildError(str(error)) from None
    return found


def _check_outputs(lesson: Lesson, exercise: Exercise, cases: Sequence[Reference]) -> None:
    """Raises BuildError where an exercise has no case, or points for what no case is about."""
    if not cases:
        raise BuildError(
            f"{lesson.name}::{exercise.name} yields no case: a check needs at least one, two to name a cause"
        )
    found = list(dict.fromkeys(output for case in cases for output in case.expected))
    if unknown := [output for output in exercise.points if output not in found]:
        raise BuildError(
            f"{lesson.name}::{exercise.name}: `points` names {unknown[0]!r}, which no case is about; "
            f"it returns {', '.join(exercise.returns)}, and the cases are about {', '.join(found) or 'nothing else'}"
        )


def check_board(lesson: Lesson) -> None:
    """Raises BuildError where the lesson's notes for the board cannot be used."""
    try:
        board_of(lesson)
        themes_of(lesson)
    except BoardError as error:
        raise BuildError(str(error)) from None


def stale(lesson: Lesson) -> Iterator[str]:
    """Why each generated file of a lesson is not what its source gives; nothing when all are. Raises BuildError."""
    from . import conversion

    check_board(lesson)
    source = conversion.read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    for target, built in notebooks(lesson, source).items():
        name = target.relative_to(current().folder).as_posix()
        if not target.exists():
            yield f"{name} is missing"
        elif (written := target.read_bytes()) != built:
            differs = _first_difference(written.decode("utf-8", "replace"), built.decode())
            yield f"{name} is not what source_solutions/{lesson.name}/ gives; first difference:\n{differs}"
    path = pack_of(lesson)
    try:
        made = packing.declared(lesson, source)
        yield from (f"{path.relative_to(current().folder).as_posix()} {why}" for why in packing.stale(made, path))
    except packing.PackingError as error:
        raise BuildError(str(error)) from None


def pack_of(lesson: Lesson) -> Path:
    return current().packs / f"{lesson.name}.pack"


def _first_difference(written: str, built: str) -> str:
    """The first lines that differ, of the cells' sources where they do, else of the files."""
    try:
        one, other = ([_cell_text(c) for c in json.loads(text)["cells"]] for text in (written, built))
        pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    except (ValueError, KeyError, TypeError):
        pairs = []
    before, after = pairs[0] if pairs else (written, built)
    lines = list(
        unified_diff(before.split("\n"), after.split("\n"), "in the file", "from the source", lineterm="", n=1)
    )
    return "\n".join("    " + line for line in lines[:12])


def _cell_text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def write(lesson: Lesson) -> Iterator[Path]:
    """Write the notebook and the pack of a lesson where they are stale; the files written. Raises BuildError."""
    from . import conversion

    check_board(lesson)
    source = conversion.read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    made = notebooks(lesson, source)
    path = pack_of(lesson)
    try:
        declared = packing.declared(lesson, source)
        if any(packing.stale(declared, path)):
            # Cases that still match the sources stay the same to the last bit, whichever machine drew them.
            made[path] = packing.with_stored_cases(declared, path) or declared.pack(
                drawn(lesson), stamps.stamps(lesson)
            )
    except packing.PackingError as error:
        raise BuildError(str(error)) from None
    for target, content in made.items():
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, content)
            yield target


def write_solved(lesson: Lesson, folder: Path, language: str = "") -> Path:
    """Write the executed solved notebook below `folder`, where nbval and nbgrader find it. Raises BuildError; KeyError for a language it is not in."""
    from . import conversion

    target = notebook_of(lesson, folder, language)
    source = conversion.read_source(lesson, source_of(lesson).read_text(encoding="utf-8"))
    solved = conversion.solve(lesson, in_languages(lesson, source)[language])
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write(target, conversion.notebook_text(solved).encode())
    return target


def lessons() -> list[Lesson]:
    """The lessons of the course as they are declared, in order."""
    return [current().declared(name) for name in current().lessons]
